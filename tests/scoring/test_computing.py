"""A scheme worked by hand, and what holds of every score."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from culture_admin.scoring.computing import scores
from culture_admin.scoring.rules import Rule
from culture_admin.scoring.table import EFFECTS, Indicator, Part, Section, Table
from culture_admin.scoring.tree import Kind
from culture_admin.scoring.values import NOT_APPLICABLE, NOT_RECORDED, Effect, Standing, Value


def number(text: str) -> Decimal:
    return Decimal(text)


def indicator(code: str, points: str | None, part: Part = Part.BASE, effects=EFFECTS, **rule) -> Indicator:
    return Indicator(code, code, part, Rule.read(rule), None if points is None else number(points), effects)


ACTIVITIES = Section(
    "4",
    "mass activities",
    number("24"),
    (
        indicator("4.1", "6", method="M4", target="8", full="6"),
        indicator("4.2", "8", method="M4", target="24", full="8"),
        indicator("4.3", "10", method="M8", full="10", against="maximum"),
    ),
)
PREMISES = Section(
    "2",
    "premises",
    number("16"),
    (
        indicator("2.1", "10", method="M2", bands=[["1500", "10"], ["800", "6"], ["500", "4"]]),
        indicator("2.2", "6", method="M3", full="6", each="2"),
        indicator("2.9", "4", Part.BONUS, method="M5", each="2", most="4"),
        indicator("2.10", None, Part.DEDUCTION, method="M9", each="0.5"),
        indicator("2.11", None, Part.VETO, method="M10"),
    ),
    (Rule.read({"method": "M6", "factor": "1.1"}),),
)
TABLE = Table(number("40"), 2, (PREMISES, ACTIVITIES))
GIVEN = {
    # 10 + 6 + 4 − 0.5 = 19.5, capped at 17.6; 4.5 + 5.333333333333 + 10 = 19.833333333333; 37.433333333333 → 37.43
    "浒山": {
        "2.1": Value.of(3200), "2.2": Value.of(0), "2.9": Value.of(3), "2.10": Value.of(1), "2.11": Value.of(0),
        "4.1": Value.of(6), "4.2": Value.of(16), "4.3": Value.of(number("1.2")),
    },
    # 6 + 2 + 0 − 0 = 8; 6 + 4 not applicable… : (6 + 5) × 24 ÷ 16 = 16.5; 24.5
    "天元": {
        "2.1": Value.of(800), "2.2": Value.of(2), "2.9": Value.of(0), "2.10": Value.of(0), "2.11": Value.of(1),
        "4.1": Value.of(9), "4.2": NOT_APPLICABLE, "4.3": Value.of(number("0.6")),
    },
    # nothing recorded at all: of 2.2, where faults are counted, neither
    "横河": {},
}  # fmt: skip


def test_the_hand_worked_scheme_gives_its_scores_to_the_last_digit():
    TABLE.check()
    found = scores(TABLE, GIVEN)
    assert {unit: score.total for unit, score in found.items()} == {
        "浒山": number("37.43"),
        "天元": number("24.50"),
        "横河": number("0.00"),
    }
    assert [veto.code for veto in found["天元"].vetoes] == ["2.11"]
    assert not found["浒山"].vetoes


def test_the_leaves_add_up_to_the_score_and_say_what_each_of_them_is():
    for score in scores(TABLE, GIVEN).values():
        assert sum(leaf.points for leaf in score.tree.leaves()) == score.total
    kinds = [leaf.kind for leaf in scores(TABLE, GIVEN)["浒山"].tree.leaves()]
    assert kinds.count(Kind.LEVEL) == 1
    assert kinds[-1] == Kind.ROUNDING


def test_shuffled_input_gives_equal_scores():
    expected = {unit: score.total for unit, score in scores(TABLE, GIVEN).items()}
    for seed in range(20):
        chance = random.Random(seed)
        units = chance.sample(list(GIVEN), len(GIVEN))
        shuffled = {unit: dict(chance.sample(list(GIVEN[unit].items()), len(GIVEN[unit]))) for unit in units}
        sections = tuple(chance.sample(TABLE.sections, len(TABLE.sections)))
        again = scores(Table(TABLE.total, TABLE.decimals, sections), shuffled)
        assert {unit: score.total for unit, score in again.items()} == expected


@pytest.mark.parametrize(
    ("standing", "effect", "earned"),
    [
        (Standing.ZERO, Effect.AS_ZERO, "6"),
        (Standing.ZERO, Effect.NO_POINTS, "0"),
        (Standing.NOT_RECORDED, Effect.NO_POINTS, "0"),
        (Standing.NOT_RECORDED, Effect.AS_ZERO, "6"),
        (Standing.NOT_APPLICABLE, Effect.FULL_POINTS, "6"),
        (Standing.NOT_APPLICABLE, Effect.NO_POINTS, "0"),
    ],
)
def test_what_becomes_of_a_value_that_is_not_there_is_what_the_scheme_says(standing, effect, earned):
    """Of faults none is the best: whether nobody counted them, or none happened, is not the same."""
    faults = indicator("1", "6", effects={**EFFECTS, standing: effect}, method="M3", full="6", each="2")
    table = Table(number("6"), 0, (Section("A", "a", number("6"), (faults,)),))
    table.check()
    value = Value.of(0) if standing == Standing.ZERO else Value(standing)
    score = scores(table, {1: {"1": value}})[1]
    assert score.total == number(earned)
    (leaf,) = score.tree.leaves()
    assert (leaf.values, leaf.effect) == ((value,), effect)


def test_a_first_level_indicator_of_which_nothing_applies_leaves_its_weight_to_the_others():
    """6 of 24 activities' points, of 40 in all: 6 × 40 ÷ 24 = 10."""
    nothing = dict.fromkeys(("2.1", "2.2"), NOT_APPLICABLE)
    score = scores(TABLE, {1: {**nothing, "4.1": Value.of(8), "4.2": Value.of(0), "4.3": NOT_RECORDED}})[1]
    assert score.total == 10


def test_a_bonus_above_the_cap_brings_all_to_the_scale_of_the_best():
    """Changxing 2023: 40 becomes 30, 20 becomes 15."""
    section = Section(
        "3", "bonus", number("0"), (indicator("3.1", None, Part.BONUS, method="M9", each="1"),),
        (Rule.read({"method": "M7", "most": "30"}),),
    )  # fmt: skip
    table = Table(number("16"), 1, (section, PREMISES))
    found = scores(table, {1: {"3.1": Value.of(40)}, 2: {"3.1": Value.of(20)}, 3: {}})
    assert [found[unit].total for unit in (1, 2, 3)] == [30, 15, 0]


@pytest.mark.parametrize(
    ("section", "code"),
    [
        (Section("A", "a", number("5"), (indicator("1", "6", method="M1", target="1", full="6"),)), "weights"),
        (Section("A", "a", number("6"), (indicator("1", "6", method="M1", target="1", full="5"),)), "points"),
        (Section("A", "a", number("6"), (indicator("1", "6", method="M9", each="1"),)), "points"),
        (Section("A", "a", number("6"), (indicator("1", "6", method="M6", factor="1"),)), "level_method"),
        (Section("A", "a", number("6"), (indicator("1", None, Part.VETO, method="M9", each="1"),)), "veto_method"),
        (Section("A", "a", number("6"), (indicator("A", "6", method="M1", target="1", full="6"),)), "code_repeated"),
        (
            Section(
                "A",
                "a",
                number("6"),
                (
                    indicator(
                        "1",
                        "6",
                        effects={**EFFECTS, Standing.NOT_RECORDED: Effect.FULL_POINTS},
                        method="M1",
                        target="1",
                        full="6",
                    ),
                ),
            ),
            "effects",
        ),
    ],
)
def test_what_does_not_add_up_or_makes_no_sense_stops_a_scheme(section, code):
    with pytest.raises(ValidationError) as refused:
        Table(number("6"), 2, (section,)).check()
    assert code in [fault.code for fault in refused.value.error_list]
