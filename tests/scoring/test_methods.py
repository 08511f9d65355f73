"""The thirteen methods: examples worked by hand, and what holds for any input."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culture_admin.scoring import methods as m

BANDS = [
    (Decimal(4500), Decimal(50)),
    (Decimal(7500), Decimal(80)),
    (Decimal(5500), Decimal(60)),
    (Decimal(3500), Decimal(40)),
    (Decimal(6500), Decimal(70)),
]
numbers = st.decimals(0, 10**6, places=4)
points = st.decimals(0, 1000, places=2)
some = st.decimals("0.01", 1000, places=2)


@pytest.mark.parametrize(
    ("value", "earned"),
    [(Decimal("199.99"), Decimal(-4)), (Decimal(200), Decimal(4)), (Decimal(201), Decimal(4))],
    ids=["below", "at", "above"],
)
def test_m1_gives_all_from_the_target_on_and_else_what_failing_costs(value, earned):
    assert m.all_or_nothing(value, target=Decimal(200), full=Decimal(4), otherwise=Decimal(-4)) == earned


@pytest.mark.parametrize(
    ("area", "earned"),
    [(3499, 0), (3500, 40), (6499, 60), (7499, 70), (7500, 80), (8499, 90), (9000, 110), (12000, 130)],
)
def test_m2_gives_the_highest_step_that_is_reached_and_a_capped_bonus_above_the_last(area, earned):
    """The floor area of DOMAIN.md §2.5: every further 500 m² earns 10, at most 50."""
    assert m.stepped(Decimal(area), bands=BANDS, step=Decimal(500), each=Decimal(10), most=Decimal(50)) == earned


@pytest.mark.parametrize(("missing", "earned"), [(0, 30), (1, 24), (5, 0), (6, 0)])
def test_m3_takes_a_deduction_for_every_fault_down_to_nothing(missing, earned):
    assert m.deducted(Decimal(missing), full=Decimal(30), each=Decimal(6)) == earned


def test_m3_counts_what_is_missing_up_to_a_target_and_never_what_is_above_it():
    assert [
        m.deducted(Decimal(teams), full=Decimal(8), each=Decimal(4), target=Decimal(2)) for teams in (0, 1, 2, 3)
    ] == [0, 4, 8, 8]


def test_m4_gives_the_part_of_the_points_that_the_value_is_of_the_target():
    assert m.proportional(Decimal(18), target=Decimal(24), full=Decimal(8)) == 6
    assert m.proportional(Decimal(30), target=Decimal(24), full=Decimal(8)) == 8
    assert m.proportional(Decimal(1), target=Decimal(3), full=Decimal(1)) == Decimal("0.333333333333")


def test_m5_stops_at_its_cap():
    assert [m.per_unit(Decimal(n), each=Decimal("0.1"), most=Decimal(1)) for n in (0, 3, 10, 50)] == [
        0,
        Decimal("0.3"),
        1,
        1,
    ]


def test_m6_keeps_a_first_level_indicator_within_its_multiple_of_the_weight():
    assert m.capped(Decimal(4), weight=Decimal(2), factor=Decimal("1.5")) == 3
    assert m.capped(Decimal("2.9"), weight=Decimal(2), factor=Decimal("1.5")) == Decimal("2.9")


def test_m7_leaves_all_as_they_are_until_the_best_is_above_the_cap():
    """Changxing 2023: a highest bonus of 40 becomes 30, and all others three quarters."""
    assert m.rescaled(Decimal(20), most=Decimal(30), best=Decimal(30)) == 20
    assert [m.rescaled(Decimal(raw), most=Decimal(30), best=Decimal(40)) for raw in (40, 20, 0)] == [30, 15, 0]


def test_m8_compares_with_the_group_and_gives_nothing_where_the_group_has_nothing():
    assert m.relative(Decimal(3), full=Decimal(4), yardstick=Decimal(6)) == 2
    assert m.relative(Decimal(9), full=Decimal(4), yardstick=Decimal(6)) == 4
    assert m.relative(Decimal(0), full=Decimal(4), yardstick=Decimal(0)) == 0


def test_m9_has_no_limit():
    assert m.unlimited(Decimal(120), each=Decimal("0.5")) == 60


def test_m10_rules_out_from_the_first_event_on():
    assert [m.vetoed(Decimal(events)) for events in (0, 1, 2)] == [False, True, True]


def test_m11_gives_the_part_that_the_mean_is_of_the_best_answer():
    assert m.surveyed(Decimal("4.5"), best=Decimal(5), full=Decimal(4)) == Decimal("3.6")


def test_m12_counts_the_higher_one_only():
    assert m.highest([Decimal(3), Decimal(7), Decimal(5)]) == 7
    assert m.highest([]) == 0


def test_m13_makes_four_quarters_one_year_and_a_missing_quarter_is_a_loss():
    assert m.of_quarters(
        [Decimal(90), Decimal(80), Decimal(100), Decimal(70)], best=Decimal(100), full=Decimal(50)
    ) == Decimal("42.5")
    assert m.of_quarters([Decimal(90), Decimal(80)], best=Decimal(100), full=Decimal(50)) == Decimal("21.25")


RISING = {
    "M1": lambda value, full: m.all_or_nothing(value, target=Decimal(10), full=full),
    "M2": lambda value, full: m.stepped(value, bands=[(Decimal(5), full / 2), (Decimal(10), full)]),
    "M3": lambda value, full: m.deducted(value, full=full, each=Decimal(2), target=Decimal(10)),
    "M4": lambda value, full: m.proportional(value, target=Decimal(10), full=full),
    "M5": lambda value, full: m.per_unit(value, each=Decimal(2), most=full),
    "M8": lambda value, full: m.relative(value, full=full, yardstick=Decimal(10)),
}


@pytest.mark.parametrize("code", RISING)
@given(values=st.lists(numbers, min_size=2, max_size=6), full=some)
def test_more_never_earns_less_and_nothing_leaves_its_bounds(code, values, full):
    earned = [RISING[code](value, full) for value in sorted(values)]
    assert earned == sorted(earned)
    assert all(0 <= one <= full for one in earned)


@given(faults=st.lists(numbers, min_size=2, max_size=6), full=some, each=some)
def test_more_faults_never_earn_more(faults, full, each):
    earned = [m.deducted(fault, full=full, each=each) for fault in sorted(faults)]
    assert earned == sorted(earned, reverse=True)
    assert all(0 <= one <= full for one in earned)


@given(raws=st.lists(points, min_size=1, max_size=8), most=some)
def test_rescaling_keeps_the_order_and_brings_the_best_to_the_cap(raws, most):
    best = max(raws)
    scaled = [m.rescaled(raw, most=most, best=best) for raw in raws]
    assert all(one <= most for one in scaled)
    assert [raws[at] for at in sorted(range(len(raws)), key=lambda at: (scaled[at], raws[at]))] == sorted(raws)
    assert best <= most or max(scaled) == most


@given(earned=st.lists(points, max_size=4))
def test_the_order_in_which_things_are_given_makes_no_difference(earned):
    for order in permutations(earned):
        assert m.highest(order) == m.highest(earned)
        assert m.of_quarters(order, best=Decimal(1000), full=Decimal(7)) == m.of_quarters(
            earned, best=Decimal(1000), full=Decimal(7)
        )
    for bands in permutations(BANDS):
        assert m.stepped(Decimal(5600), bands=bands) == 60
