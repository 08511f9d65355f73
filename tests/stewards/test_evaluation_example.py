"""The evaluation that was worked out by hand is matched to the last digit, by the arithmetic and by the district's records."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from activities.actions import log_activity
from activities.actions.rating import rate_activity
from activities.models import Activity
from culture_admin.workflow.actions import perform
from stewards.actions.deliveries import settle_deliveries
from stewards.evaluating import PARTS, Delivered, computed, quantity_of, score_of
from stewards.models import Evaluation, Measure
from stewards.sources import Served
from tests.district import NOW
from tests.stewards.deals import Deal
from tests.stewards.standards import Evaluated

HERE = Path(__file__).parent
TEXT = (HERE / "evaluation_example.md").read_text()
TERM = {"begins_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
SCORE, ALONE = "Score", "Score where nobody of the public has answered"
# What ten residents answer; 41 points together.
ANSWERS = (5, 5, 5, 5, 4, 4, 4, 3, 3, 3)


def section(heading: str) -> str:
    return TEXT.split(f"## {heading}\n")[1].split("\n## ")[0]


def rows_of(heading: str) -> Iterator[list[str]]:
    """The lines of the table below a heading."""
    lines = [line for line in section(heading).splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def result_of(heading: str) -> Decimal:
    return Decimal(re.search(r"\*\*([0-9.]+)\*\*", section(heading))[1])


def lines() -> list[Delivered]:
    return [
        Delivered(number, name, "", int(weight), Decimal(target), 90, 365, Decimal(done))
        for number, (name, weight, target, done, *_rest) in enumerate(rows_of("Lines of the service list"), 1)
    ]


def test_every_line_earns_the_points_worked_out_by_hand():
    given = lines()
    weights = sum(one.weight for one in given)
    earned = {one.label: one.earned(weights) for one in given}
    assert earned == {row[0]: Decimal(row[-1]) for row in rows_of("Lines of the service list")}
    assert quantity_of(given) == sum(earned.values())


@pytest.mark.parametrize("heading", [SCORE, ALONE])
def test_the_score_is_the_one_worked_out_by_hand_in_whatever_order_the_parts_come(heading):
    rows = {row[0]: row for row in rows_of(heading)}
    shuffled = random.Random(7)
    for _time in range(10):
        names = shuffled.sample(PARTS, len(PARTS))
        points = {name: None if rows[name][2] == "–" else Decimal(rows[name][2]) for name in names}
        shares, score = score_of({name: int(rows[name][1]) for name in names}, points)
        assert {one.part: one.earned for one in shares} == {name: Decimal(row[-1]) for name, row in rows.items()}
        assert score == result_of(heading)
        given = shuffled.sample(lines(), len(lines()))
        assert quantity_of(given) == Decimal(rows["quantity"][2])


@pytest.fixture
def evaluation(district) -> Evaluation:
    """The district of the example: what was held, rated, delivered, said and reviewed."""
    evaluated = Evaluated(district, deal=Deal(district, **TERM))
    evaluated.opened()
    days = random.Random(3).sample([2, 9, 16, 23], 4)
    held = [
        log_activity(
            actor=district.steward_east if day % 2 else district.steward_west,
            at=NOW,
            station=district.east if day % 2 else district.west,
            title="送戏下乡",
            kind=district.kind("PERF"),
            begins_on=date(2026, 3, day),
            attendance=100,
            late_reason="台账整理时补登",
        )
        for day in days
    ]
    for one in held:
        head = district.station_head_east if one.station_id == district.east.pk else district.station_head_west
        perform(one, "confirm", actor=head, at=NOW)
    for number, points in enumerate(random.Random(5).sample(ANSWERS, len(ANSWERS))):
        rate_activity(
            activity=held[number % 4],
            device=f"phone {number}",
            address="203.0.113.7",
            score=points,
            at=evening(held[number % 4]),
        )
    deliver(evaluated)
    evaluated.reviewed()
    evaluated.rated(east=5, west=4)
    return evaluated.evaluation


def evening(activity: Activity) -> datetime:
    """Of the day it was held, in Shanghai."""
    return datetime.combine(activity.begins_on, time(12), tzinfo=UTC)


def deliver(evaluated: Evaluated) -> None:
    """What the example says was done besides the activities, which count by themselves."""
    posting = evaluated.deal.posting("east")
    settle_deliveries(
        [
            Served(
                source_kind="dutyday",
                source_id=one.line,
                posting_id=posting.pk,
                station_id=posting.station_id,
                county_id=posting.county_id,
                steward_id=posting.steward_id,
                on=date(2026, 3, 2),
                amounts={Measure(one.label): int(one.done * Measure(one.label).per)},
            )
            for one in lines()
            if one.label != "activities"
        ],
        at=NOW,
    )


def test_the_records_of_the_district_come_to_the_same(evaluation):
    found = computed(evaluation)
    leaves = {leaf.get("code") or leaf["kind"]: Decimal(leaf["points"]) for leaf in found.workings["quality"]["leaves"]}
    assert leaves == {row[0]: Decimal(row[-1]) for row in rows_of("Items of the standard")}
    assert {name: getattr(found, name) for name in PARTS} == {row[0]: Decimal(row[2]) for row in rows_of(SCORE)}
    assert found.score == result_of(SCORE)
    assert found.workings["public"] == {"answers": 10, "points": 41, "few": False}


def test_what_is_computed_is_what_is_kept(district, evaluation):
    perform(evaluation, "conclude", actor=district.service, at=NOW)
    evaluation.refresh_from_db()
    kept = {name: getattr(evaluation, name) for name in PARTS}
    assert kept == {row[0]: round(Decimal(row[2]), 4) for row in rows_of(SCORE)}
    assert evaluation.score == result_of(SCORE)
    assert evaluation.workings == computed(evaluation).workings
