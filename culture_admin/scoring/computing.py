"""Scores of comparable units from the values of their indicators: the same values give the same scores, in whatever order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, TypeVar

from culture_admin.scoring.rules import MEAN, Rule, Takes
from culture_admin.scoring.table import Indicator, Part, Section, Table
from culture_admin.scoring.tree import Earned, Kind, Node, Score
from culture_admin.scoring.values import NOT_RECORDED, NOTHING, Effect, Standing, Value, carried

Unit = TypeVar("Unit")
# By the code of an indicator: its value, or the values of the quarters, or the points of each of several ways to earn them.
Values = Mapping[str, Value | Sequence[Value]]
# What was made of a value that is not there, and the points.
Judgement = tuple[Effect | None, Decimal]
# What indicators come to: the points of the base, those of bonus and deductions, and those of what does not apply.
Sums = tuple[Decimal, Decimal, Decimal]
SEVERAL = (Takes.QUARTERS, Takes.POINTS)


def scores(table: Table, given: Mapping[Unit, Values]) -> dict[Unit, Score]:
    """The scores of the units of one group of comparable ones. What no value is given for is not recorded."""
    branches: dict[Unit, list[Node]] = {unit: [] for unit in given}
    found: dict[Unit, dict[str, Earned]] = {unit: {} for unit in given}
    vetoes: dict[Unit, list[Indicator]] = {unit: [] for unit in given}
    for section in table.sections:
        judged = [_judged(indicator, given) for indicator in section.indicators]
        for unit, node, earned in _branches(section, judged, given):
            branches[unit].append(node)
            found[unit][section.code] = earned
        for one in judged:
            if one.indicator.part == Part.VETO:
                for unit, (_effect, points) in zip(given, one.judgements, strict=True):
                    if points:
                        vetoes[unit].append(one.indicator)
    return {unit: _score(table, branches[unit], found[unit], tuple(vetoes[unit])) for unit in given}


def totals(table: Table, given: Mapping[Unit, Values]) -> dict[Unit, Decimal]:
    """The scores alone, without the trees they stand on."""
    earned = {section.code: _earned_of(section, given) for section in table.sections}
    return {unit: total_of(table, {code: of_all[unit] for code, of_all in earned.items()}) for unit in given}


def sums_of(indicators: Iterable[Indicator], given: Mapping[Unit, Values]) -> dict[Unit, Sums]:
    """What indicators of one section come to for each unit."""
    return _sums([_judged(indicator, given) for indicator in indicators], given)


def earned_by(section: Section, sums: Mapping[Unit, Sums]) -> dict[Unit, Earned]:
    """What the units have earned of a first-level indicator, by what its indicators have come to."""
    points = _stages(section, sums)[-1]
    return {unit: Earned(points[unit], *own) for unit, own in sums.items()}


def total_of(table: Table, earned: Mapping[str, Earned]) -> Decimal:
    """The score, by what was earned of each first-level indicator."""
    points, spread = _spread_above(table, earned)
    return table.rounded(points + spread)


def _earned_of(section: Section, given: Mapping[Unit, Values]) -> dict[Unit, Earned]:
    return earned_by(section, sums_of(section.indicators, given))


class _Judged(NamedTuple):
    """An indicator, and what is made of the values of all units, in their order."""

    indicator: Indicator
    values: list[tuple[Value, ...]]
    yardstick: Decimal | None
    judgements: list[Judgement]


def _judged(indicator: Indicator, given: Mapping[Unit, Values]) -> _Judged:
    values = [_values(own, indicator.code) for own in given.values()]
    yardstick = _yardstick(indicator.rule, values)
    return _Judged(indicator, values, yardstick, _judgements(indicator, values, yardstick))


def _sums(judged: Sequence[_Judged], units: Iterable[Unit]) -> dict[Unit, Sums]:
    """Points are added up over all units at once, indicator by indicator; what does not apply is rare."""
    columns: dict[bool, list[list[Decimal]]] = {True: [], False: []}
    left: dict[int, Decimal] = {}
    for one in judged:
        if one.indicator.part != Part.VETO:
            columns[one.indicator.part == Part.BASE].append([points for _effect, points in one.judgements])
            for at in [at for at, (effect, _points) in enumerate(one.judgements) if effect is Effect.LEFT_OUT]:
                left[at] = left.get(at, NOTHING) + (one.indicator.points or NOTHING)
    units = list(units)
    base, besides = (
        [sum(row, NOTHING) for row in zip(*columns[is_base], strict=True)] or [NOTHING] * len(units)
        for is_base in (True, False)
    )
    return {unit: (base[at], besides[at], left.get(at, NOTHING)) for at, unit in enumerate(units)}


def _stages(section: Section, sums: Mapping[Unit, Sums]) -> list[dict[Unit, Decimal]]:
    """What the units have of a first-level indicator: by its indicators, then with what is spread inside it, then as each of its
    levels leaves it.
    """
    plain = {unit: base + besides for unit, (base, besides, _left) in sums.items()}
    spread = {
        unit: plain[unit] + _spread_inside(section, base, left) if left else plain[unit]
        for unit, (base, _besides, left) in sums.items()
    }
    stages = [plain, spread]
    for rule in section.levels:
        stages.append(_limited(rule, section, stages[-1]))
    return stages


def _branches(
    section: Section, judged: Sequence[_Judged], given: Mapping[Unit, Values]
) -> Iterator[tuple[Unit, Node, Earned]]:
    """Each unit's node with its leaves, and what it has earned."""
    sums = _sums(judged, given)
    stages = _stages(section, sums)
    leaves: list[list[Node]] = [[] for _unit in given]
    for one in judged:
        if one.indicator.part != Part.VETO:
            for own, values, (effect, points) in zip(leaves, one.values, one.judgements, strict=True):
                own.append(Node(Kind.INDICATOR, points, None, one.indicator, values, effect, one.yardstick))
    for unit, nodes in zip(given, leaves, strict=True):
        for at, (before, after) in enumerate(pairwise(stages)):
            if change := after[unit] - before[unit]:
                nodes.append(Node(Kind.LEVEL if at else Kind.SPREAD, change, section))
        earned = Earned(stages[-1][unit], *sums[unit])
        effect = Effect.LEFT_OUT if earned.leaves_out(section) else None
        yield unit, Node(Kind.SECTION, earned.points, section, effect=effect, children=tuple(nodes)), earned


def _judgements(
    indicator: Indicator, values: Sequence[tuple[Value, ...]], yardstick: Decimal | None
) -> list[Judgement]:
    """What was made of the values of the units, in their order; of equal ones once."""
    judge = _judge(indicator, yardstick)
    if indicator.rule.method.takes in SEVERAL:
        return [judge(own) for own in values]
    known: dict[Decimal | Standing | None, Judgement] = {}
    judgements = []
    for own in values:
        (value,) = own
        key = value.number if value.standing is Standing.VALUE else value.standing
        judgement = known.get(key)
        if judgement is None:
            judgement = known[key] = judge(own)
        judgements.append(judgement)
    return judgements


def _values(values: Values, code: str) -> tuple[Value, ...]:
    value = values.get(code, NOT_RECORDED)
    return (value,) if isinstance(value, Value) else tuple(value)


def _yardstick(rule: Rule, values: Iterable[tuple[Value, ...]]) -> Decimal | None:
    """What the group is measured by, where a rule compares its units."""
    if rule.method.takes != Takes.PEERS:
        return None
    known = [value.number for (value,) in values if value.number is not None]
    if not known:
        return NOTHING
    return carried(sum(known, NOTHING) / len(known)) if rule.arguments["against"] == MEAN else max(known)


def _judge(indicator: Indicator, yardstick: Decimal | None) -> Callable[[tuple[Value, ...]], Judgement]:
    """How the values of a unit are judged; of a deduction the points are below nothing."""
    judge = _several(indicator) if indicator.rule.method.takes in SEVERAL else _single(indicator, yardstick)
    if indicator.part != Part.DEDUCTION:
        return judge

    def against(values: tuple[Value, ...]) -> Judgement:
        effect, points = judge(values)
        return effect, -points

    return against


def _several(indicator: Indicator) -> Callable[[tuple[Value, ...]], Judgement]:
    """How the quarters of a year, or several ways to the same points, are judged: by those that are known."""

    def judge(values: tuple[Value, ...]) -> Judgement:
        known = [value.number for value in values if value.number is not None]
        if known:
            return None, _within(indicator, indicator.rule.points(known))
        (value, *_others) = values or (NOT_RECORDED,)
        effect = indicator.effects[value.standing]
        return effect, (indicator.points or NOTHING) if effect is Effect.FULL_POINTS else NOTHING

    return judge


def _single(indicator: Indicator, yardstick: Decimal | None) -> Callable[[tuple[Value, ...]], Judgement]:
    """How one value is judged."""
    rule, limit = indicator.rule, indicator.points
    circumstances = {} if yardstick is None else {"yardstick": yardstick}
    is_event = rule.method.takes == Takes.EVENT

    def judge(values: tuple[Value, ...]) -> Judgement:
        (value,) = values
        effect = None if value.standing is Standing.VALUE else indicator.effects[value.standing]
        if effect is Effect.NO_POINTS or effect is Effect.LEFT_OUT:
            return effect, NOTHING
        if effect is Effect.FULL_POINTS:
            return effect, limit or NOTHING
        points = rule.points(NOTHING if value.number is None else value.number, **circumstances)
        if is_event:
            return effect, Decimal(int(points))
        return effect, points if limit is None or points < limit else limit

    return judge


def _within(indicator: Indicator, points: Decimal) -> Decimal:
    return points if indicator.points is None else min(indicator.points, points)


def _spread_inside(section: Section, base: Decimal, left: Decimal) -> Decimal:
    """The points of what does not apply, earned by the other indicators in the proportion in which they earn their own.

    Where nothing of the section applies, the other first-level indicators earn its weight.
    """
    return NOTHING if left == section.weight else carried(base * left / (section.weight - left))


def _limited(rule: Rule, section: Section, points: Mapping[Unit, Decimal]) -> dict[Unit, Decimal]:
    """What a rule for the whole first-level indicator leaves of the points."""
    if rule.method.code == "M6":
        return {unit: rule.points(own, weight=section.weight) for unit, own in points.items()}
    best = max(points.values(), default=NOTHING)
    return {unit: rule.points(own, best=best) for unit, own in points.items()}


def _spread_above(table: Table, earned: Mapping[str, Earned]) -> tuple[Decimal, Decimal]:
    """The points of all first-level indicators, and what they earn of the weight of those of which nothing applies."""
    points = sum((earned[section.code].points for section in table.sections), NOTHING)
    left = sum((section.weight for section in table.sections if earned[section.code].leaves_out(section)), NOTHING)
    return points, carried(points * left / (table.total - left)) if left and left != table.total else NOTHING


def _score(table: Table, branches: list[Node], earned: Mapping[str, Earned], vetoes: tuple[Indicator, ...]) -> Score:
    children = list(branches)
    points, spread = _spread_above(table, earned)
    if spread:
        children.append(Node(Kind.SPREAD, spread))
    total = table.rounded(points + spread)
    if rounding := total - points - spread:
        children.append(Node(Kind.ROUNDING, rounding))
    return Score(total, Node(Kind.SCORE, total, children=tuple(children)), earned, vetoes)
