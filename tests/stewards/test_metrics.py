"""Numbers of contracts: days on duty, what was done under a contract, and what residents say of it."""

from __future__ import annotations

from datetime import date

import pytest

from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import perform
from stewards.actions import log_duty
from tests.district import NOW, TODAY
from tests.stewards.deals import Deal

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


@pytest.fixture
def deal(district) -> Deal:
    deal = Deal(district)
    deal.performing()
    return deal


def on_duty(deal, town: str, day: date, halves: int = 2, confirm: bool = True):
    posting = deal.posting(town)
    row = log_duty(actor=posting.steward.user, posting=posting, day=day, halves=halves, at=NOW)
    if confirm:
        perform(row, "confirm", actor=getattr(deal.district, f"station_head_{town}"), at=NOW)
    return row


def numbers(code: str, by: str, **where) -> dict[object, object]:
    table = read(code, by=[by], period=MAY, where=where, at=NOW)
    return {row.keys[by]: row.values[code] for row in table.rows if row.values[code] is not None}


def test_days_on_duty_count_when_they_are_confirmed_and_half_days_as_halves(district, deal):
    on_duty(deal, "east", date(2026, 5, 4))
    on_duty(deal, "east", date(2026, 5, 5), halves=1)
    on_duty(deal, "east", date(2026, 5, 6), confirm=False)
    on_duty(deal, "west", date(2026, 5, 6))
    east, west = deal.posting("east"), deal.posting("west")
    assert numbers("stewards.duty_days", "steward") == {east.steward_id: 1.5, west.steward_id: 1}
    assert numbers("stewards.duty_days", "contract") == {deal.contract.pk: 2.5}
    assert numbers("stewards.duty_days", "firm") == {district.firm.pk: 2.5}
    assert numbers("stewards.duty_days", "station", contract=deal.contract.pk) == {
        district.east.pk: 1.5,
        district.west.pk: 1,
    }
    assert read("stewards.duty_days", period=MAY, status="all", at=NOW).total.values["stewards.duty_days"] == 3.5


def test_what_was_done_under_a_contract_is_told_apart_by_it(district, deal):
    district.log(posting=deal.posting("east"))
    district.log(title="自办")
    assert numbers("activities.held", "contract") == {deal.contract.pk: 1, None: 1}
    assert numbers("activities.held", "station", contract=deal.contract.pk) == {district.east.pk: 1}


def test_stewards_are_counted_by_the_contract_they_are_posted_under(district, deal):
    table = read("stewards.posted", by=["contract"], as_of=TODAY, at=NOW)
    assert {row.keys["contract"]: row.values["stewards.posted"] for row in table.rows} == {deal.contract.pk: 2}
