"""What several assessors agree on: the mean of those who are near enough to one another, or that they are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from culture_admin.scoring.rules import Takes
from culture_admin.scoring.table import Indicator
from culture_admin.scoring.values import NOT_APPLICABLE, NOT_RECORDED, NOTHING, Standing, Value, carried

FEWEST = 2


@dataclass(frozen=True, slots=True)
class Agreement:
    """value: the mean of those kept, by their place in what was given. within: at least two, and near enough."""

    value: Value
    kept: tuple[int, ...]
    dropped: tuple[int, ...]
    within: bool


def agreed(indicator: Indicator, found: Sequence[Sequence[Value]], spread: int) -> Agreement:
    """What assessors found of an indicator, each with one value, or with several results of which the best counts.

    spread: by how many hundredths of the indicator's points two of them may differ. Of three and more the one who is farthest
    from the median is left out as long as they are too far from one another and two remain. Nobody can say which of two that
    are equally far is wrong: they are left out together, or where then not two remain there is no agreement.
    """
    values = [_one(indicator, each) for each in found]
    everyone = tuple(range(len(values)))
    if values and all(value.standing == Standing.NOT_APPLICABLE for value in values):
        return Agreement(NOT_APPLICABLE, everyone, (), len(values) >= FEWEST)
    if not values or any(value.number is None for value in values):
        return Agreement(NOT_RECORDED, everyone, (), False)
    numbers = [value.number or NOTHING for value in values]
    points = [_points(indicator, number) for number in numbers]
    allowed = carried((indicator.points or max(points)) * spread / 100)
    kept = list(everyone)
    while _apart(points, kept) > allowed and len(nearer := _nearer(points, kept)) >= FEWEST:
        kept = nearer
    mean = carried(sum((numbers[at] for at in kept), NOTHING) / len(kept))
    dropped = tuple(at for at in everyone if at not in kept)
    return Agreement(Value.of(mean), tuple(kept), dropped, len(kept) >= FEWEST and _apart(points, kept) <= allowed)


def _one(indicator: Indicator, values: Sequence[Value]) -> Value:
    """Of several results the best: what assessors are compared by is what it earns."""
    numbers = [value.number for value in values if value.number is not None]
    if indicator.rule.method.takes == Takes.POINTS and numbers:
        return Value.of(max(numbers))
    return values[0] if values else NOT_RECORDED


def _points(indicator: Indicator, number: Decimal) -> Decimal:
    """What a number earns; of a rule that compares with others, or takes several numbers, the number itself."""
    if indicator.rule.method.takes == Takes.NUMBER:
        return indicator.rule.points(number)
    return number


def _nearer(points: Sequence[Decimal], kept: Sequence[int]) -> list[int]:
    """Those kept without whoever is farthest from the median."""
    middle = median(points[at] for at in kept)
    farthest = max(abs(points[at] - middle) for at in kept)
    return [at for at in kept if abs(points[at] - middle) < farthest]


def _apart(points: Sequence[Decimal], kept: Sequence[int]) -> Decimal:
    return max(points[at] for at in kept) - min(points[at] for at in kept)
