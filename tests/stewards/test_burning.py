"""How far a line is delivered, checked against an example worked by hand, in whatever order the records came in."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions.teams import register_team
from culture_admin.workflow.actions import perform
from stewards.actions import propose_supplement
from stewards.burning import burn, burn_of, done_by_line, levels_of
from tests.district import NOW, TODAY
from tests.stewards.deals import BEGINS, ENDS, Deal

EXAMPLE = json.loads((Path(__file__).parent / "burn_down.json").read_text())
FIGURES = ("target", "done", "share", "left", "expected", "forecast", "level")


def deal_of_example(district) -> Deal:
    lines = [
        {
            "item": f"第{line['number']}项",
            **line,
            "target": Decimal(line["target"]),
            "unit_price": Decimal(line["unit_price"]),
            **({"station": district.station(line["station"])} if "station" in line else {}),
            **{name: date.fromisoformat(line[name]) for name in ("first", "last") if name in line},
        }
        for line in EXAMPLE["lines"]
    ]
    deal = Deal(district, lines=lines)
    deal.performing()
    return deal


def enter(district, deal, record: dict) -> None:
    town, on = record["town"], date.fromisoformat(record["on"])
    station, posting = district.station(town), deal.posting(town)
    head = getattr(district, f"station_head_{town}")
    if record["what"] == "team":
        register_team(actor=head, at=NOW, station=station, name=record["name"], founded_on=on, posting=posting)
        return
    activity = district.log(
        station,
        posting=posting,
        kind=district.kind(record["kind"]),
        begins_on=on,
        class_seconds=record.get("class_seconds"),
    )
    if record.get("void"):
        perform(activity, "void", actor=head, at=NOW, comment="误报")


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_burn_down_equals_the_example_worked_by_hand(district, seed):
    deal = deal_of_example(district)
    records = list(EXAMPLE["records"])
    if seed:
        Random(seed).shuffle(records)
    for record in records:
        enter(district, deal, record)
    found = burn(deal.contract, on=date.fromisoformat(EXAMPLE["on"]))
    assert [
        {"number": one.line.number, **{name: str(getattr(one, name)) for name in FIGURES}, "records": one.records}
        for one in found
    ] == [{name: value for name, value in line.items() if name != "worked"} for line in EXAMPLE["expected"]]


class TestOneLine:
    @pytest.fixture
    def line(self, district):
        return Deal(district).draft().lines.get(measure="activities")

    @pytest.mark.parametrize(
        ("on", "expected", "forecast"),
        [
            (date(2026, 2, 28), "0.00", None),
            (BEGINS, "0.11", "730.00"),
            (date(2026, 8, 30), "20.05", "3.99"),
            (ENDS, "40.00", "2.00"),
            (date(2028, 1, 1), "40.00", "2.00"),
        ],
    )
    def test_time_leads_to_expect_and_the_pace_foretells(self, line, on, expected, forecast):
        found = burn_of(line, 2, 2, on=on)
        assert str(found.expected) == expected
        assert found.forecast == (forecast and Decimal(forecast))

    @pytest.mark.parametrize(
        ("done", "levels"),
        [(0, []), (29, []), (30, [75]), (31, [75]), (32, [75, 80]), (36, [75, 80, 90]), (40, [75, 80, 90, 100])],
    )
    def test_a_level_is_reached_from_its_share_on_and_not_before(self, line, done, levels):
        assert levels_of(line, done) == levels
        assert burn_of(line, done, done, on=TODAY).level == str(max(levels, default=""))

    def test_more_than_was_bought_leaves_nothing_to_do(self, line):
        found = burn_of(line, 44, 44, on=TODAY)
        assert (found.share, found.left) == (Decimal("1.1000"), Decimal(0))

    def test_a_share_is_not_rounded_up_to_a_level_that_is_not_reached(self, line):
        line.target = Decimal("39999.99")
        found = burn_of(line, 29_999, 1, on=TODAY)
        assert (str(found.share), found.level) == ("0.7499", "")


def test_supplements_that_are_signed_add_to_the_target(district):
    deal = Deal(district)
    deal.performing()
    supplement = propose_supplement(
        actor=district.service,
        contract=deal.contract,
        line=deal.line("activities"),
        quantity=Decimal(4),
        amount=Decimal(20_000),
        document="补充协议一",
        reason="新增四场",
        at=NOW,
    )
    assert burn(deal.contract, on=TODAY)[0].target == 40
    perform(supplement, "sign", actor=district.bureau_leader, at=NOW)
    assert burn(deal.contract, on=TODAY)[0].target == 44


def test_what_is_served_later_is_not_counted_for_an_earlier_day(district):
    deal = Deal(district)
    deal.performing()
    for day in (date(2026, 5, 5), date(2026, 5, 6)):
        district.log(posting=deal.posting("east"), begins_on=day)
    line = deal.line("activities")
    assert burn(deal.contract, on=date(2026, 5, 5))[0].done == 1
    assert done_by_line(deal.contract, date(2026, 5, 6), date(2026, 5, 31)) == {line.pk: (1, 1)}
    assert done_by_line(deal.contract, date(2026, 5, 7), date(2026, 5, 31)) == {}


def test_a_contract_of_many_records_asks_no_more_than_one_of_few(district):
    deal = Deal(district)
    deal.performing()
    counts = []
    for number in (3, 27):
        for index in range(number):
            district.log(posting=deal.posting("east"), title=f"送戏{number}-{index}")
        with CaptureQueriesContext(connection) as queries:
            burn(deal.contract, on=TODAY)
        counts.append(len(queries))
    assert counts == [3, 3]
