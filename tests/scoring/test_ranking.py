"""Places, titles, and what a unit lacks: against what counting by hand and trying everything give."""

from __future__ import annotations

from decimal import Decimal
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from culture_admin.scoring.computing import scores
from culture_admin.scoring.ranking import Cutoff, ranked, title_of
from culture_admin.scoring.rehearsal import gaps, supposed
from culture_admin.scoring.table import Section, Table
from culture_admin.scoring.values import NOT_APPLICABLE, Value
from tests.scoring.test_computing import GIVEN, TABLE, indicator, number

CUTOFFS = [Cutoff("excellent", number("90"), number("0.2")), Cutoff("good", number("80")), Cutoff("pass", number("60"))]
SIMPLE = Table(
    number("24"), 2,
    (Section("A", "a", number("24"), (
        indicator("1", "6", method="M1", target="5", full="6"),
        indicator("2", "6", method="M2", bands=[["3", "2"], ["7", "6"]]),
        indicator("3", "6", method="M3", full="6", each="2", target="4"),
        indicator("4", "6", method="M4", target="8", full="6"),
    )),),
)  # fmt: skip


def test_equal_scores_share_a_place_and_the_next_ones_stay_free():
    found = ranked({"a": Decimal(80), "b": Decimal(95), "c": Decimal(80), "d": Decimal(70)})
    assert [(place.unit, place.place) for place in found.places] == [("b", 1), ("a", 2), ("c", 2), ("d", 4)]


def test_whoever_is_too_little_known_stands_beside_the_ranking():
    found = ranked({"a": Decimal(80), "b": Decimal(95), "c": Decimal(0)}, beside={"c"})
    assert [(place.unit, place.place, place.among) for place in found.places] == [("b", 1, 2), ("a", 2, 2)]
    assert found.beside == ("c",)
    assert found.of("c") is None


def test_a_title_asks_for_points_and_for_a_place_among_the_best():
    places = ranked({str(score): Decimal(score) for score in (96, 94, 91, 85, 59)}).places
    assert [title_of(place, CUTOFFS) for place in places] == ["excellent", "good", "good", "good", ""]
    assert title_of(places[0], CUTOFFS, vetoed=True) == ""


def test_what_if_changes_the_ranking_and_nothing_else():
    before = ranked({unit: score.total for unit, score in scores(TABLE, GIVEN).items()})
    after = supposed(
        TABLE, GIVEN, {"天元": {"4.2": Value.of(24), "2.1": Value.of(1500), "2.2": Value.of(0), "4.3": Value.of(2)}}
    )
    assert [place.unit for place in before.places] == ["浒山", "天元", "横河"]
    assert [place.unit for place in after.places] == ["天元", "浒山", "横河"]
    assert ranked({unit: score.total for unit, score in scores(TABLE, GIVEN).items()}) == before


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_the_gaps_are_those_that_trying_one_more_and_again_one_more_finds(numbers):
    values = {str(at): Value.of(one) for at, one in enumerate(numbers, 1)}
    found = {gap.indicator.code: gap for gap in gaps(SIMPLE, values)}
    for code in values:
        tried = _tried(values, code)
        assert (code in found) == (tried is not None), code
        if tried is not None and code != "4":
            assert (found[code].missing, found[code].gain) == tried
    assert [gap.gain for gap in gaps(SIMPLE, values)] == sorted((gap.gain for gap in found.values()), reverse=True)


def test_what_does_not_apply_is_no_gap_and_what_is_not_recorded_is_one():
    found = {gap.indicator.code: gap.gain for gap in gaps(SIMPLE, {"1": NOT_APPLICABLE})}
    assert "1" not in found
    assert found["4"] == 6


def _tried(values: dict[str, Value], code: str) -> tuple[Decimal, Decimal] | None:
    """How much more earns more points, and how many, by trying."""
    now = scores(SIMPLE, {1: values})[1].total
    for more in count(1):
        if more > 20:
            return None
        then = scores(SIMPLE, {1: {**values, code: Value.of((values[code].number or 0) + more)}})[1].total
        if then > now:
            return Decimal(more), then - now
    return None
