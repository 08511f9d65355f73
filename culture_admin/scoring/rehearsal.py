"""What if: other values, another scheme, a few more activities. Nothing is written, and what is not asked about stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any, TypeVar

from culture_admin.scoring.computing import Values, scores
from culture_admin.scoring.ranking import Ranking, ranked
from culture_admin.scoring.rules import Rule
from culture_admin.scoring.table import Indicator, Part, Table
from culture_admin.scoring.values import NOTHING, Effect, Value

Unit = TypeVar("Unit")


@dataclass(frozen=True, slots=True)
class Gap:
    """So much more (for faults: fewer) of an indicator earns so many more points; `whole` is what would earn all of them."""

    indicator: Indicator
    missing: Decimal
    gain: Decimal
    whole: Decimal


def supposed(table: Table, given: Mapping[Unit, Values], changes: Mapping[Unit, Values]) -> Ranking[Unit]:
    """The ranking of a group if some values were others."""
    changed = {unit: {**values, **changes.get(unit, {})} for unit, values in given.items()}
    return ranked({unit: score.total for unit, score in scores(table, changed).items()})


def gaps(table: Table, values: Values) -> list[Gap]:
    """What a unit lacks to its next points, indicator by indicator; most points first.

    Of indicators that are counted by the unit's own records alone: what others do, or people judge, is no gap to be filled.
    """
    found = [gap for _section, indicator in table.indicators() for gap in _gaps(indicator, values)]
    return sorted(found, key=lambda gap: (-gap.gain, gap.indicator.code))


def _gaps(indicator: Indicator, values: Values) -> Iterator[Gap]:
    value = values.get(indicator.code)
    if indicator.part not in (Part.BASE, Part.BONUS) or not isinstance(value, Value | None):
        return
    if (
        value is not None
        and value.number is None
        and indicator.effects[value.standing] in (Effect.LEFT_OUT, Effect.FULL_POINTS)
    ):
        return
    number = value.number if value is not None and value.number is not None else NOTHING
    steps = _steps(indicator.rule, number)
    if steps is None:
        return
    now = (
        _within(indicator, indicator.rule.points(number)) if value is not None and value.number is not None else NOTHING
    )
    next_one, whole = steps
    gain = _within(indicator, indicator.rule.points(next_one)) - now
    if gain > 0:
        yield Gap(indicator, abs(next_one - number), gain, abs(whole - number))


def _steps(rule: Rule, number: Decimal) -> tuple[Decimal, Decimal] | None:
    """The value that earns the next points, and the one that earns all; None where there is nothing more, or no such value."""
    arguments = rule.arguments
    match rule.method.code:
        case "M1" | "M4" if number < arguments["target"]:
            return arguments["target"], arguments["target"]
        case "M2":
            above = sorted(least for least, _points in arguments["bands"] if least > number)
            return (above[0], above[-1]) if above else None
        case "M3":
            return _fewer_faults(arguments, number)
        case "M5":
            whole = (arguments["most"] / arguments["each"]).to_integral_value(ROUND_CEILING)
            return (number + 1, whole) if number < whole else None
    return None


def _fewer_faults(arguments: Mapping[str, Any], number: Decimal) -> tuple[Decimal, Decimal] | None:
    """Of a target what is still missing. Faults that have happened are not undone."""
    target, bearable = arguments["target"], arguments["full"] / arguments["each"]
    if target is None or number >= target:
        return None
    # With more missing than take all points away, one more earns nothing yet.
    earning = target - bearable.to_integral_value(ROUND_CEILING) + 1
    return min(target, max(number + 1, earning)), target


def _within(indicator: Indicator, points: Decimal) -> Decimal:
    return points if indicator.points is None else min(indicator.points, points)
