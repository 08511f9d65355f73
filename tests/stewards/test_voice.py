"""Residents' voice: the mean of a contract by quarter, never without its number, and marked where that is small."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from activities.actions.rating import rate_activity
from culture_admin.statistics.register import METRICS
from stewards.voice import Voice, voices_of
from tests.district import NOW
from tests.stewards.deals import Deal


@pytest.fixture
def deal(district) -> Deal:
    deal = Deal(district)
    deal.performing()
    return deal


def rated(activity, *scores: int) -> None:
    at = timezone.make_aware(datetime.combine(activity.begins_on + timedelta(days=1), datetime.min.time()))
    for number, score in enumerate(scores):
        rate_activity(activity=activity, device=f"d{number}", address="203.0.113.7", score=score, at=at)


def test_the_mean_of_each_quarter_is_told_with_its_number(district, deal):
    in_march = district.log(posting=deal.posting("east"), begins_on=date(2026, 3, 10), attendance=50)
    in_may = district.log(
        posting=deal.posting("west"), station=district.west, begins_on=date(2026, 5, 10), attendance=50
    )
    rated(in_march, *[5] * 6, *[4] * 4)
    rated(in_may, 5, 2, 0)
    found = voices_of(deal.contract, at=NOW)
    assert found.quarters == [
        Voice("2026-Q1", Decimal("4.6"), 10, 0),
        Voice("2026-Q2", Decimal("3.5"), 2, 1),
    ]
    assert [one.few for one in found.quarters] == [False, True]
    # 53 points of 12 answers: sums are divided, never means averaged.
    assert found.total == Voice("", Decimal("4.42"), 12, 1)
    assert str(METRICS["activities.rating"].definition) in found.method


def test_what_the_station_does_by_itself_and_what_is_void_is_not_heard(district, deal):
    rated(district.log(attendance=50), 1, 1)
    assert voices_of(deal.contract, at=NOW).quarters == []


def test_it_is_read_through_the_api(district, deal, api):
    rated(district.log(posting=deal.posting("east"), begins_on=date(2026, 5, 10), attendance=50), 5, 4)
    for who in ("service", "firm_manager", "town_officer_east"):
        found = api(who).read(f"contracts/{deal.contract.pk}/voice/")
        voice = {"quarter": "2026-Q2", "mean": "4.50", "answers": 2, "unknown": 0, "few": True}
        assert found["quarters"] == [voice]
        assert found["total"] == voice | {"quarter": ""}
        assert "below 10 it says little" in found["method"]


def test_a_page_marks_few_answers(district, deal, signed_in):
    rated(district.log(posting=deal.posting("east"), begins_on=date(2026, 5, 10), attendance=50), 5, 4)
    page = signed_in(district.firm_manager).get(f"/desk/contracts/{deal.contract.pk}/burn-down/").content.decode()
    assert "2026-Q2" in page
    assert "few answers" in page
    assert "below 10 it says little" in page
