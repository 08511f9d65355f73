"""The sample schemes: whole, published as they stand, and scored by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from culture_admin.demo.schemes import SAMPLES, read_sample
from culture_admin.scoring.body import Body, read_body
from culture_admin.scoring.computing import scores
from culture_admin.scoring.rules import Rule
from culture_admin.scoring.sources import Check
from culture_admin.scoring.table import Part
from culture_admin.scoring.tree import Kind, Score
from culture_admin.scoring.values import Value

# The codes of kinds in the samples are looked up.
pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("name", SAMPLES)]
# What each comes to where everything is confirmed to be none, and where nothing is recorded.
NOTHING = {
    "strong-town": ("10", "0"),
    "station-grading": ("60", "0"),
    "capped-bonus": ("18", "0"),
    "deductions": ("31", "-4"),
    "service-standard": ("6", "0"),
}
# By indicator the value and the points it earns; then the whole, in which what else there is earns nothing.
WORKED: dict[str, tuple[dict[str, tuple[str | list[str], str]], str]] = {
    "strong-town": (
        {
            "1.2": ("7.2", "6"), "1.3": ("0.6", "0"), "2.3": ("0", "4"), "3.1": ("0.75", "4.5"), "3.2": ("1", "4"),
            "4.1": ("6", "4.5"), "4.2": ("30", "8"), "4.3": ("125", "3.125"), "4.4": ("0.6667", "3.3335"), "5.3": ("3", "3"),
            "6.1": ("0.3", "4"), "6.2": ("49", "4"), "6.3": ("4.25", "3.4"), "7.2": ("1", "2"), "7.4": ("3", "0.6"),
            "8.1": ("1", "-0.5"),
        },
        "53.96",
    ),
    "station-grading": (
        {
            "1.1": ("5210", "80"), "1.4": ("12000", "22.5"), "2.1": ("3", "37.5"), "2.3": ("4", "24"), "3.1": ("49", "37.5"),
            "3.3": ("20", "45"), "3.9": ("0.75", "22.5"), "4.4": ("1", "20"), "5.1": ("0.55", "20"), "5.2": ("4.4", "35.2"),
            "6.1": ("2", "20"),
        },
        "364.20",
    ),
    # The first section has come to 4 and is held at 1.5 times its weight, 3; of two lists the better one counts.
    "capped-bonus": (
        {
            "1.1": ("1", "1"), "1.2": ("42", "1"), "1.3": ("42", "1"), "1.4": ("2", "1"),
            "2.1": ("6200", "5"), "2.2": ("1", "6"), "2.3": (["2", "3"], "3"), "2.4": ("3", "3.75"), "2.5": ("4", "0.8"),
            "2.8": ("3", "3"), "2.11": ("2", "4"), "3.1": ("18", "6"), "3.3": ("0.2", "6"), "3.6": ("49", "3"),
            "4.2": ("9", "2.25"), "4.3": ("2", "2"), "5.2": ("4.5", "3.6"),
        },
        "51.40",
    ),
    # What is not done costs as much as it would have earned; a third of four points is carried to twelve places.
    "deductions": (
        {
            "1.1": ("0", "-4"), "1.2": ("0.5", "-4"), "1.3": ("2", "18"), "1.4": ("1", "8"), "2.1": ("1", "3"),
            "2.2": ("9", "2"), "2.3": ("1", "4"), "3.1": ("180", "0"), "4.1": ("1", "4"), "4.2": ("10", "5"),
            "4.3": ("7", "3.5"), "5.1": ("0", "4"), "5.2": ("8", "2.666666666667"), "6.1": ("4", "4.8"),
        },
        "50.97",
    ),
    # Six of eight genres, 126 of 180 days, a mean rating of 4.2 of 5: in proportion to what the standard asks.
    "service-standard": (
        {
            "A1": ("1", "2"), "A6": ("6", "1.5"), "B1": ("0.75", "1.5"), "B8": ("1", "1.5"), "C2": ("1.5", "1.5"),
            "D1": ("126", "2.8"), "D2": ("15", "4"), "D3": ("96", "3.2"), "D4": ("6", "1.6"), "D5": ("1", "2"),
            "D6": ("4500", "3"), "E5": ("0.9", "1.8"), "F4": ("0", "2"), "G2": ("4.2", "2.8"), "G4": ("1", "1"),
        },
        "32.20",
    ),
}  # fmt: skip


def body_of(name: str) -> Body:
    said = read_sample(name)
    body, faults = read_body(said, said["total"], 2)
    assert not faults
    return body


def alone(body: Body, values: dict[str, Any]) -> Score:
    """The score of a unit that is compared with nobody else."""
    return scores(body.table, {"unit": values})["unit"]


def best(rule: Rule) -> Value | list[Value]:
    """A value that earns all that a rule gives."""
    arguments = rule.arguments
    match rule.method.code:
        case "M1" | "M4":
            return Value.of(arguments["target"])
        case "M2":
            return Value.of(max(arguments["bands"])[0])
        case "M3":
            return Value.of(arguments["target"] or 0)
        case "M5":
            return Value.of(arguments["most"] / arguments["each"])
        case "M11":
            return Value.of(arguments["best"])
    return Value.of(1)


def test_it_adds_up_and_some_of_it_is_scored_on_the_spot(name):
    body = body_of(name)
    assert list(body.checks.values()).count(Check.ON_SITE) >= 3
    assert all(body.sources[code].is_counted for code in body.sources if code not in body.checks)


def test_who_does_all_of_it_earns_its_total(name):
    body = body_of(name)
    full = {one.code: best(one.rule) for _section, one in body.table.indicators() if one.part == Part.BASE}
    assert alone(body, full).total == read_sample(name)["total"]


def test_who_does_nothing_earns_what_having_no_faults_earns_and_who_tells_nothing_not_even_that(name):
    body = body_of(name)
    none_of_it = {one.code: Value.of(0) for _section, one in body.table.indicators()}
    earned = alone(body, none_of_it).total, alone(body, {}).total
    assert earned == tuple(Decimal(points) for points in NOTHING[name])


def test_a_score_worked_by_hand_is_met_to_the_last_digit(name):
    lines, total = WORKED[name]
    given = {
        code: [Value.of(Decimal(one)) for one in said] if isinstance(said, list) else Value.of(Decimal(said))
        for code, (said, _points) in lines.items()
    }
    score = alone(body_of(name), given)
    earned = {leaf.indicator.code: leaf.points for leaf in score.tree.leaves() if leaf.indicator}
    assert {code: earned.pop(code) for code in lines} == {
        code: Decimal(points) for code, (_said, points) in lines.items()
    }
    assert not any(earned.values())
    assert score.total == Decimal(total) == sum(leaf.points for leaf in score.tree.leaves())
    levels = [leaf.points for leaf in score.tree.leaves() if leaf.kind == Kind.LEVEL]
    assert levels == ([-1] if name == "capped-bonus" else [])


def test_its_vetoes_rule_out_whoever_they_happened_to(name):
    body = body_of(name)
    vetoes = [one.code for _section, one in body.table.indicators() if one.part == Part.VETO]
    assert bool(vetoes) == (name != "service-standard")
    assert [one.code for one in alone(body, dict.fromkeys(vetoes, Value.of(1))).vetoes] == vetoes
