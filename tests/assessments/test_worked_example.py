"""The example that was worked out by hand is matched to the last digit, by the engine and by what is kept of a year."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from culture_admin.scoring.body import Body, read_body
from culture_admin.scoring.computing import scores
from culture_admin.scoring.ranking import ranked, title_of
from culture_admin.scoring.tree import Kind, Node, Score
from culture_admin.scoring.values import NOT_APPLICABLE, NOT_RECORDED, Value

HERE = Path(__file__).parent
STANDINGS = {"–": NOT_RECORDED, "n/a": NOT_APPLICABLE}


def rows_of(heading: str) -> Iterator[list[str]]:
    """The lines of the table below a heading."""
    text = (HERE / "worked_example.md").read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


@pytest.fixture(scope="module")
def body() -> Body:
    written = json.loads((HERE / "worked_example.json").read_text())
    total, decimals = Decimal(written.pop("total")), written.pop("decimals")
    body, faults = read_body(written, total, decimals)
    assert faults == []
    return body


@pytest.fixture(scope="module")
def given() -> dict[str, dict[str, tuple[Value, ...]]]:
    values: dict[str, dict[str, tuple[Value, ...]]] = {"甲镇": {}, "乙镇": {}, "丙镇": {}}
    for code, town, said, _worked, _points in rows_of("Indicators"):
        parts = [part.strip() for part in said.split(";")]
        values[town][code] = tuple(STANDINGS.get(part) or Value.of(Decimal(part)) for part in parts)
    values["丙镇"]["E2"] = (Value.of(1),)
    return values


@pytest.fixture(scope="module")
def found(body, given) -> dict[str, Score]:
    return scores(body.table, given)


def leaf(score: Score, code: str) -> Node:
    return next(node for node in score.tree.leaves() if node.indicator and node.indicator.code == code)


def test_every_point_is_the_one_worked_out_by_hand(found):
    for code, town, _value, _worked, points in rows_of("Indicators"):
        assert leaf(found[town], code).points == Decimal(points), (code, town)


def test_every_first_level_indicator_and_total_is_the_one_worked_out_by_hand(found):
    for town, *sections, together, total in rows_of("First-level indicators and totals"):
        assert [found[town].earned[code].points for code in "ABCDE"] == [Decimal(one) for one in sections], town
        assert sum(map(Decimal, sections)) == Decimal(together)
        assert (found[town].total, str(found[town].total)) == (Decimal(total), total)


def test_the_leaves_add_up_to_the_total_with_the_one_rounding(found):
    for score in found.values():
        assert sum(node.points for node in score.tree.leaves()) == score.total
    rounding = [node.points for node in found["丙镇"].tree.leaves() if node.kind == Kind.ROUNDING]
    assert rounding == [Decimal("0.005")]


def test_places_titles_and_awards_are_the_ones_worked_out_by_hand(body, found):
    ranking = ranked({town: score.total for town, score in found.items()})
    awards = {title.label.zh: title.award for title in body.titles}
    cutoffs = [title.cutoff for title in body.titles]
    for town, place, title, award in rows_of("Ranking"):
        own = ranking.of(town)
        assert own
        given = title_of(own, cutoffs, vetoed=bool(found[town].vetoes))
        assert (own.place, given) == (int(place), title)
        assert awards.get(given) == (Decimal(award) if award else None)


def test_the_order_in_which_values_come_changes_nothing(body, given, found):
    shuffled = random.Random(7)
    for _time in range(20):
        towns = shuffled.sample(list(given), 3)
        again = scores(
            body.table, {town: dict(shuffled.sample(list(given[town].items()), len(given[town]))) for town in towns}
        )
        assert {town: again[town] for town in found} == found
