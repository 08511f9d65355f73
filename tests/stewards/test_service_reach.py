"""What a change of boundaries does to what stewards serve: open orders and postings go along, days that were stay."""

from __future__ import annotations

from datetime import date

import pytest

from stewards.actions import add_steward, log_duty, place_order, post_steward, propose_posting, request_absence
from stewards.models import Absence, DutyDay, Posting, ServiceOrder
from tests.boundaries.plans import TOMORROW
from tests.boundaries.test_reach import together
from tests.district import NOW, TODAY
from tests.stewards.deals import Deal

JUNE = date(2026, 6, 6)


@pytest.fixture
def served(district) -> dict[str, object]:
    """Something of each kind at the west station, from before the change and from after it."""
    deal = Deal(district, headcount=5)
    deal.performing()
    posting, firm = deal.posting("west"), district.firm_manager
    return {
        "day": log_duty(actor=firm, posting=posting, day=TODAY, at=NOW),
        "absence": request_absence(
            actor=firm, posting=posting, kind="leave", first=TOMORROW, last=TOMORROW, reason="回乡", at=NOW
        ),
        "order": place_order(
            actor=district.station_head_west, line=deal.line("works"), station=district.west, quantity=1, what="村歌",
            wanted_on=JUNE, at=NOW,
        ),
        "proposed": propose_posting(
            actor=firm, steward=add_steward(actor=firm, firm=district.firm, name="李弦"), station=district.west,
            contract=deal.contract, valid_from=JUNE, at=NOW,
        ),
        "ahead": post_steward(
            actor=district.service, steward=add_steward(actor=firm, firm=district.firm, name="周笛"), station=district.west,
            contract=deal.contract, valid_from=JUNE, full_time=False, at=NOW,
        ),
    }  # fmt: skip


def test_with_a_station_that_is_merged_go_its_orders_and_what_is_still_to_begin(district, served):
    before = served["day"].division_id
    together(district, "merges")
    assert ServiceOrder.objects.get(pk=served["order"].pk).station == district.east
    assert Posting.objects.get(pk=served["proposed"].pk).station == district.east
    assert Posting.objects.get(pk=served["ahead"].pk).station == district.east
    day = DutyDay.objects.get(pk=served["day"].pk)
    assert (day.division_id, day.station_id) == (before, served["day"].station_id)
    assert Absence.objects.get(pk=served["absence"].pk).version == 2


def test_with_a_station_that_ends_its_open_orders_are_withdrawn(district, served):
    together(district, "ends")
    assert ServiceOrder.objects.get(pk=served["order"].pk).state == ServiceOrder.State.WITHDRAWN
