"""What several assessors agree on: examples worked by hand, and what holds whatever they find."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.agreement import Agreement, agreed
from culture_admin.scoring.rules import Rule
from culture_admin.scoring.table import Indicator, Part
from culture_admin.scoring.values import NOT_APPLICABLE, NOT_RECORDED, Value

SPREAD = 20
# Of what is found each one earns a point, up to ten; two may differ by 20 % of them, which is by two.
IN_PROPORTION = {"method": "M4", "target": "10", "full": "10"}
found = st.lists(st.decimals(0, 10, places=1), min_size=1, max_size=6)


def of(*numbers: Decimal | str | int, rule: dict = IN_PROPORTION, points: int = 10) -> Agreement:
    indicator = Indicator("1.1", "", Part.BASE, Rule.read(rule), Decimal(points))
    return agreed(indicator, [[Value.of(Decimal(number))] for number in numbers], SPREAD)


def test_two_who_are_near_are_met_in_the_middle():
    assert of(8, 10) == Agreement(Value.of(Decimal(9)), (0, 1), (), within=True)


def test_two_who_are_too_far_apart_do_not_agree_whoever_is_right():
    assert not of(7, "9.1").within
    assert of(7, 9).within


def test_of_three_the_one_who_is_farthest_is_left_out():
    assert of(8, 3, 9) == Agreement(Value.of(Decimal("8.5")), (0, 2), (1,), within=True)


def test_three_who_are_near_are_all_kept():
    assert of(8, 9, 10).kept == (0, 1, 2)


def test_of_two_who_are_equally_far_nobody_can_say_who_is_wrong():
    """Which is why the order in which they were written down does not decide it: one more is sent."""
    assert not any(of(*order).within for order in permutations((0, 5, 10)))
    assert of(0, 5, 10, 5) == Agreement(Value.of(Decimal(5)), (1, 3), (0, 2), within=True)


def test_one_alone_is_no_agreement():
    assert not of(8).within
    assert not agreed(Indicator("1.1", "", Part.BASE, Rule.read(IN_PROPORTION), Decimal(10)), [], SPREAD).within


def test_they_are_compared_by_what_it_earns_and_meet_in_what_they_found():
    """Eight rooms earn as much as twelve, so that these two do not differ at all."""
    steps = {"method": "M2", "bands": [["8", "10"], ["6", "7"]]}
    assert of(8, 12, rule=steps) == Agreement(Value.of(Decimal(10)), (0, 1), (), within=True)
    assert not of(6, 8, rule=steps).within


def test_not_applicable_is_agreed_on_by_all_or_by_nobody():
    indicator = Indicator("1.1", "", Part.BASE, Rule.read(IN_PROPORTION), Decimal(10))
    nobody = agreed(indicator, [[NOT_APPLICABLE], [NOT_APPLICABLE]], SPREAD)
    assert (nobody.value, nobody.within) == (NOT_APPLICABLE, True)
    assert not agreed(indicator, [[NOT_APPLICABLE], [Value.of(8)]], SPREAD).within
    assert not agreed(indicator, [[NOT_APPLICABLE]], SPREAD).within


def test_of_several_results_the_best_is_what_is_compared():
    indicator = Indicator("2.3", "", Part.BASE, Rule.read({"method": "M12"}), Decimal(10))
    several = agreed(indicator, [[Value.of(3), Value.of(8)], [Value.of(9)]], SPREAD)
    assert (several.value, several.within) == (Value.of(Decimal("8.5")), True)


def test_whoever_found_nothing_leaves_it_open():
    indicator = Indicator("1.1", "", Part.BASE, Rule.read(IN_PROPORTION), Decimal(10))
    assert not agreed(indicator, [[NOT_RECORDED], [Value.of(8)], [Value.of(8)]], SPREAD).within


@given(found.flatmap(lambda numbers: st.tuples(st.just(numbers), st.permutations(numbers))))
def test_the_order_of_the_assessors_does_not_matter(orders):
    numbers, shuffled = orders
    assert (of(*numbers).value, of(*numbers).within) == (of(*shuffled).value, of(*shuffled).within)


@given(found)
def test_what_is_agreed_lies_between_the_least_and_the_most_that_were_kept(numbers):
    result = of(*numbers)
    kept = [numbers[at] for at in result.kept]
    assert result.value.number is not None
    assert min(kept) <= result.value.number <= max(kept)


@given(found)
def test_who_is_kept_is_near_to_one_another_or_there_is_no_agreement(numbers):
    result = of(*numbers)
    kept = [numbers[at] for at in result.kept]
    assert sorted(result.kept + result.dropped) == list(range(len(numbers)))
    assert result.within == (len(kept) >= 2 and max(kept) - min(kept) <= 2)
    assert len(kept) >= min(2, len(numbers))


@given(found)
def test_nobody_who_is_kept_is_farther_from_the_rest_than_whoever_is_left_out(numbers):
    result = of(*numbers)
    if result.dropped:
        middle = sorted(numbers[at] for at in result.kept)
        low, high = middle[0], middle[-1]
        assert all(numbers[at] < low or numbers[at] > high for at in result.dropped)


@given(st.lists(st.decimals(0, 10, places=1), min_size=2, max_size=5), st.integers(0, 4))
def test_one_more_who_finds_the_same_never_undoes_an_agreement(numbers, which):
    result = of(*numbers)
    if result.within:
        assert result.value.number is not None
        assert of(*numbers, result.value.number).within


@pytest.mark.parametrize("spread", [0, 100])
def test_the_spread_is_a_share_of_the_points_of_the_indicator(spread):
    indicator = Indicator("1.1", "", Part.BASE, Rule.read(IN_PROPORTION), Decimal(10))
    both = [[Value.of(0)], [Value.of(10)]]
    assert agreed(indicator, both, spread).within == (spread == 100)
    assert agreed(indicator, [both[0], both[0]], spread).within
