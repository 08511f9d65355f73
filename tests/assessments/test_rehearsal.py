"""Rehearsals: what is supposed comes out as computing everything would, and nothing of it is written."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from assessments.models import Computation, IndicatorScore, Result
from assessments.rehearsing import gap_list, rehearse
from tests.assessments.years import Year
from tests.district import NOW, District


@pytest.fixture
def totalled(year: Year) -> Year:
    return year.through().totalled()


def test_more_of_something_is_scored_as_if_it_had_been_recorded(totalled: Year, district: District):
    east, west = totalled.of("east"), totalled.of("west")

    rehearsed = rehearse(totalled.cycle, own=west, more={"1.2": Decimal(2), "2.2": Decimal(2)})

    # West: 1.2 from 6.666… to 20, 2.2 from 6.666… to 20.
    assert rehearsed.before == {east.pk: Decimal("81.33"), west.pk: Decimal("73.33")}
    assert rehearsed.after == {east.pk: Decimal("81.33"), west.pk: Decimal("100.00")}
    assert (rehearsed.place_before[west.pk], rehearsed.place_after[west.pk]) == (2, 1)
    assert (rehearsed.overtaken, rehearsed.overtaking) == ([east], [])
    assert (Computation.objects.count(), Result.objects.count()) == (1, 2)


def test_what_is_compared_moves_the_others_too(totalled: Year):
    east, west = totalled.of("east"), totalled.of("west")

    rehearsed = rehearse(totalled.cycle, own=west, more={"2.1": Decimal(-300)})

    # The yardstick falls from 500 to 200: both have the maximum.
    assert rehearsed.after == {east.pk: Decimal("93.33"), west.pk: Decimal("73.33")}


def test_other_points_and_targets_move_everybody(totalled: Year):
    east, west = totalled.of("east"), totalled.of("west")

    rehearsed = rehearse(totalled.cycle, group="A", points={"2.2": Decimal(30)}, targets={"1.2": Decimal(6)})

    # East: 10 + 20 × 3 ÷ 6 + 8 + 30 × 2 ÷ 3 + 10 + 18 + 2; west: 10 + 20 ÷ 6 + 20 + 10 + 10 + 18 + 2.
    assert rehearsed.after == {east.pk: Decimal("78.00"), west.pk: Decimal("73.33")}


def test_what_cannot_be_supposed_is_refused_by_its_indicator(totalled: Year):
    for changes, code in [
        ({"more": {"9.9": Decimal(1)}}, "unknown_indicator"),
        ({"targets": {"2.1": Decimal(1)}}, "no_target"),
        ({"targets": {"1.2": Decimal(0)}}, "number_range"),
    ]:
        with pytest.raises(ValidationError) as refused:
            rehearse(totalled.cycle, group="A", **changes)
        assert [error.code for errors in refused.value.error_dict.values() for error in errors] == [code]


def test_the_gap_list_names_what_is_missing_and_no_days_once_the_numbers_are_frozen(totalled: Year):
    found = gap_list(totalled.of("west"), date(2026, 12, 31), at=NOW)

    assert [(one.code, one.missing, one.days_left) for one in found] == [
        ("1.2", Decimal(2), 0),
        ("2.2", Decimal(2), 0),
    ]
    assert found[0].gain == Decimal(20) - Decimal("6.666666666667")


def test_as_long_as_the_numbers_move_the_gap_list_counts_the_days_of_the_year(year: Year):
    assert {one.days_left for one in gap_list(year.of("west"), date(2026, 12, 31), at=NOW)} == {225}


def test_each_gap_that_is_filled_earns_just_what_it_says(totalled: Year):
    west = totalled.of("west")
    for gap in gap_list(west, date(2026, 12, 31), at=NOW):
        filled = rehearse(totalled.cycle, own=west, more={gap.code: gap.missing}).after[west.pk]
        kept = IndicatorScore.objects.filter(result__assessment=west).exclude(node="rounding")
        exact = sum(kept.values_list("points", flat=True)) + gap.gain
        assert filled == round(exact, 2)


def test_what_is_kept_of_a_first_level_indicator_is_what_its_leaves_add_up_to(totalled: Year):
    for result in Result.objects.filter(computation__cycle=totalled.cycle):
        leaves: dict[str, Decimal] = defaultdict(Decimal)
        for section, points in result.scores.exclude(section="").values_list("section", "points"):
            leaves[section] += points
        assert {code: Decimal(points) for code, (points, *_of) in result.earned.items()} == leaves
