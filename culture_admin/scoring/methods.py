"""How a value becomes points: the thirteen methods of real assessment tables (DOMAIN.md §5.3), each a function of numbers.

A function knows no record and no town. It takes Decimals and gives the points, carried to twelve places; it is never called with
a value that is not there, of which the scheme says what becomes of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from culture_admin.scoring.values import NOTHING, carried

Band = tuple[Decimal, Decimal]
QUARTERS = 4


def all_or_nothing(value: Decimal, *, target: Decimal, full: Decimal, otherwise: Decimal = NOTHING) -> Decimal:
    """M1. Full points from the target on, else those for failing it, which may be a deduction."""
    return full if value >= target else otherwise


def stepped(
    value: Decimal,
    *,
    bands: Sequence[Band],
    step: Decimal = NOTHING,
    each: Decimal = NOTHING,
    most: Decimal = NOTHING,
) -> Decimal:
    """M2. The points of the highest band (from, points) the value reaches; nothing below the lowest.

    With a step, each whole one above the highest band earns `each` more, at most `most` of them in all.
    """
    reached = max((points for least, points in bands if value >= least), default=NOTHING)
    if not step:
        return reached
    highest = max(least for least, _points in bands)
    return reached if value < highest else reached + min(most, (value - highest) // step * each)


def deducted(value: Decimal, *, full: Decimal, each: Decimal, target: Decimal | None = None) -> Decimal:
    """M3. Full points less `each` for every one that is missing up to the target, or for every fault; never below nothing."""
    faults = value if target is None else max(NOTHING, target - value)
    return max(NOTHING, full - each * faults)


def proportional(value: Decimal, *, target: Decimal, full: Decimal) -> Decimal:
    """M4. As large a part of the full points as the value is of the target; no more than all of them."""
    return carried(full * max(NOTHING, min(Decimal(1), value / target)))


def per_unit(value: Decimal, *, each: Decimal, most: Decimal) -> Decimal:
    """M5. So many points for every unit, up to a cap."""
    return min(most, each * value)


def capped(points: Decimal, *, weight: Decimal, factor: Decimal) -> Decimal:
    """M6. What a first-level indicator comes to with its bonus: at most so many times its weight."""
    return min(points, carried(weight * factor))


def rescaled(value: Decimal, *, most: Decimal, best: Decimal) -> Decimal:
    """M7. Points as they are while the best of all keeps within the cap; else all in the proportion that brings the best to it."""
    return value if best <= most else carried(value * most / best)


def relative(value: Decimal, *, full: Decimal, yardstick: Decimal) -> Decimal:
    """M8. As large a part of the full points as the value is of the group's maximum or mean; no more than all of them."""
    if yardstick <= 0:
        return NOTHING
    return carried(full * max(NOTHING, min(Decimal(1), value / yardstick)))


def unlimited(value: Decimal, *, each: Decimal) -> Decimal:
    """M9. So many points for every unit, without a limit."""
    return each * value


def vetoed(value: Decimal) -> bool:
    """M10. Whether the event that rules a town out has happened."""
    return value > 0


def surveyed(value: Decimal, *, best: Decimal, full: Decimal) -> Decimal:
    """M11. As large a part of the full points as the mean answer is of the best answer one could give."""
    return carried(full * value / best)


def highest(points: Sequence[Decimal]) -> Decimal:
    """M12. Of several ways to earn the same points the one that earns the most; nothing is counted twice."""
    return max(points, default=NOTHING)


def of_quarters(quarters: Sequence[Decimal], *, best: Decimal, full: Decimal) -> Decimal:
    """M13. The mean of the four quarters' results, each out of `best`, as a part of the full points; a quarter that is missing is
    the mean's loss.
    """
    return carried(full * sum(quarters, NOTHING) / QUARTERS / best)
