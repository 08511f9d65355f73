"""What if: other values, another scheme, a few more activities. Nothing is written, and what is not asked about stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any, Generic, TypeVar

from culture_admin.scoring.computing import Sums, Values, earned_by, sums_of, total_of, totals
from culture_admin.scoring.ranking import Ranking, ranked
from culture_admin.scoring.rules import Rule, Takes
from culture_admin.scoring.table import Indicator, Part, Section, Table
from culture_admin.scoring.tree import Earned
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
    return ranked(totals(table, changed))


def resupposed(
    before: Table,
    after: Table,
    kept: Mapping[Unit, Mapping[str, Earned]],
    was: Mapping[Unit, Values],
    given: Mapping[Unit, Values],
    changed: Collection[str],
) -> dict[Unit, Decimal]:
    """The scores of units if the indicators named in `changed` were otherwise, by their rules, their points or their values; what
    else they have earned stays as it was kept. What computing everything would give, for less.

    kept: by unit what an earlier computing gave (`Score.earned`). was, given: the values of these indicators as they were and as
    they are supposed to be. Where one unit's moves others' (`moves_others`), give those of all units of the group.
    """
    former = {section.code: section for section in before.sections}
    again: dict[str, Mapping[Unit, Earned]] = {}
    for section in _touched(after, changed):
        less = sums_of(_only(former[section.code], changed), was)
        more = sums_of(_only(section, changed), given)
        sums = {unit: _moved(earned[section.code], less[unit], more[unit]) for unit, earned in kept.items()}
        again[section.code] = earned_by(section, sums)
    return {
        unit: total_of(after, {**earned, **{code: of_all[unit] for code, of_all in again.items()}})
        for unit, earned in kept.items()
    }


def moves_others(table: Table, changed: Collection[str]) -> bool:
    """Whether what one unit has of some indicators changes what others earn: by the group's maximum or mean, or by its best."""
    return any(
        any(rule.method.code == "M7" for rule in section.levels)
        or any(one.rule.method.takes == Takes.PEERS for one in _only(section, changed))
        for section in _touched(table, changed)
    )


def _touched(table: Table, changed: Collection[str]) -> list[Section]:
    return [section for section in table.sections if _only(section, changed)]


def _only(section: Section, changed: Collection[str]) -> list[Indicator]:
    return [one for one in section.indicators if one.code in changed]


def _moved(earned: Earned, less: Sums, more: Sums) -> Sums:
    base, besides, left = (own - minus + plus for own, minus, plus in zip(earned[1:], less, more, strict=True))
    return base, besides, left


@dataclass(frozen=True, slots=True)
class Passing(Generic[Unit]):
    """Whom a unit has left behind, and who has left it behind, each in the order of the later ranking."""

    overtakes: tuple[Unit, ...]
    overtaken_by: tuple[Unit, ...]


def overtaken(before: Ranking[Unit], after: Ranking[Unit], unit: Unit) -> Passing[Unit]:
    """Who is behind a unit now and was not before, and the other way round. An equal place is neither before nor behind.

    Whoever stands beside one of the rankings is passed by nobody.
    """
    former = {place.unit: place.place for place in before.places}
    now = after.of(unit)
    if now is None or unit not in former:
        return Passing((), ())
    known = [
        (place.unit, former[place.unit] - former[unit], place.place - now.place)
        for place in after.places
        if place.unit in former
    ]
    return Passing(
        tuple(other for other, was, is_now in known if was <= 0 < is_now),
        tuple(other for other, was, is_now in known if was >= 0 > is_now),
    )


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
