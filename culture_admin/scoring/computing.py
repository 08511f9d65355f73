"""Scores of comparable units from the values of their indicators: the same values give the same scores, in whatever order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from culture_admin.scoring.rules import MEAN, Rule, Takes
from culture_admin.scoring.table import Indicator, Part, Section, Table
from culture_admin.scoring.tree import Earned, Kind, Node, Score, together
from culture_admin.scoring.values import NOT_RECORDED, NOTHING, Effect, Standing, Value, carried

Unit = TypeVar("Unit")
# By the code of an indicator: its value, or the values of the quarters, or the points of each of several ways to earn them.
Values = Mapping[str, Value | Sequence[Value]]
# What was made of a value that is not there, and the points.
Judgement = tuple[Effect | None, Decimal]
SEVERAL = (Takes.QUARTERS, Takes.POINTS)


def scores(table: Table, given: Mapping[Unit, Values]) -> dict[Unit, Score]:
    """The scores of the units of one group of comparable ones. What no value is given for is not recorded."""
    sections: dict[Unit, list[Node]] = {unit: [] for unit in given}
    vetoes: dict[Unit, list[Indicator]] = {unit: [] for unit in given}
    for section in table.sections:
        earned: dict[Unit, list[Node]] = {unit: [] for unit in given}
        for indicator in section.indicators:
            for unit, node in _nodes(indicator, given):
                if indicator.part != Part.VETO:
                    earned[unit].append(node)
                elif node.points:
                    vetoes[unit].append(indicator)
        for unit, node in _of_section(section, earned).items():
            sections[unit].append(node)
    return {unit: _score(table, tuple(sections[unit]), tuple(vetoes[unit])) for unit in given}


def earned_of(section: Section, given: Mapping[Unit, Values]) -> dict[Unit, Earned]:
    """What the units have earned of a first-level indicator, without saying what of what: the same points as in the tree."""
    base: list[list[Decimal]] = []
    besides: list[list[Decimal]] = []
    # By the number of the unit, the points of what does not apply.
    left: dict[int, Decimal] = {}
    for indicator in section.indicators:
        if indicator.part == Part.VETO:
            continue
        values = _of_indicator(indicator, given)
        judgements = _judgements(indicator, values, _yardstick(indicator.rule, values))
        (base if indicator.part == Part.BASE else besides).append([points for _effect, points in judgements])
        for at in [at for at, (effect, _points) in enumerate(judgements) if effect is Effect.LEFT_OUT]:
            left[at] = left.get(at, NOTHING) + (indicator.points or NOTHING)
    points = [sum(row, NOTHING) for row in zip(*base, *besides, strict=True)] or [NOTHING] * len(given)
    for at, away in left.items():
        points[at] += _spread_inside(section, sum((column[at] for column in base), NOTHING), away)
    limited = dict(zip(given, points, strict=True))
    for rule in section.levels:
        limited = _limited(rule, section, limited)
    whole = {at for at, away in left.items() if away and away == section.weight}
    return {unit: Earned(own, at in whole) for at, (unit, own) in enumerate(limited.items())}


def totals(table: Table, given: Mapping[Unit, Values]) -> dict[Unit, Decimal]:
    """The scores alone, without the trees they stand on."""
    earned = {section.code: earned_of(section, given) for section in table.sections}
    return {unit: total_of(table, {code: of_all[unit] for code, of_all in earned.items()}) for unit in given}


def total_of(table: Table, earned: Mapping[str, Earned]) -> Decimal:
    """The score, by what was earned of each first-level indicator."""
    ones = [(section, earned[section.code]) for section in table.sections]
    points = sum((one.points for _section, one in ones), NOTHING)
    left = sum((section.weight for section, one in ones if one.left_out), NOTHING)
    return table.rounded(points + _spread_above(table, points, left))


def _nodes(indicator: Indicator, given: Mapping[Unit, Values]) -> Iterator[tuple[Unit, Node]]:
    values = _of_indicator(indicator, given)
    yardstick = _yardstick(indicator.rule, values)
    judgements = _judgements(indicator, values, yardstick)
    for unit, own, (effect, points) in zip(given, values, judgements, strict=True):
        yield unit, Node(Kind.INDICATOR, points, None, indicator, own, effect, yardstick)


def _of_indicator(indicator: Indicator, given: Mapping[Unit, Values]) -> list[tuple[Value, ...]]:
    """The values of the units, in their order."""
    return [_values(own, indicator.code) for own in given.values()]


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


def _of_section(section: Section, earned: Mapping[Unit, list[Node]]) -> dict[Unit, Node]:
    """Each unit's node, with what is spread inside the section and what its levels take away."""
    left = {unit: _left_out(nodes) for unit, nodes in earned.items()}
    for unit, nodes in earned.items():
        if left[unit]:
            base = [node.points for node in nodes if node.indicator and node.indicator.part == Part.BASE]
            if spread := _spread_inside(section, sum(base, NOTHING), left[unit]):
                nodes.append(Node(Kind.SPREAD, spread, section))
    sums = {unit: together(nodes) for unit, nodes in earned.items()}
    for rule in section.levels:
        limited = _limited(rule, section, sums)
        for unit, nodes in earned.items():
            if limited[unit] != sums[unit]:
                nodes.append(Node(Kind.LEVEL, limited[unit] - sums[unit], section))
        sums = limited
    return {
        unit: Node(
            Kind.SECTION,
            sums[unit],
            section,
            effect=Effect.LEFT_OUT if left[unit] and left[unit] == section.weight else None,
            children=tuple(nodes),
        )
        for unit, nodes in earned.items()
    }


def _left_out(nodes: Iterable[Node]) -> Decimal:
    away = [node.indicator for node in nodes if node.effect is Effect.LEFT_OUT]
    return sum((indicator.points or NOTHING for indicator in away if indicator), NOTHING) if away else NOTHING


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


def _spread_above(table: Table, points: Decimal, left: Decimal) -> Decimal:
    """What the other first-level indicators earn of the weight of those of which nothing applies."""
    return carried(points * left / (table.total - left)) if left and left != table.total else NOTHING


def _score(table: Table, sections: tuple[Node, ...], vetoes: tuple[Indicator, ...]) -> Score:
    children = list(sections)
    points = together(sections)
    left = sum((node.section.weight for node in sections if node.section and node.effect is Effect.LEFT_OUT), NOTHING)
    if spread := _spread_above(table, points, left):
        children.append(Node(Kind.SPREAD, spread))
    total = table.rounded(points + spread)
    if rounding := total - points - spread:
        children.append(Node(Kind.ROUNDING, rounding))
    return Score(total, Node(Kind.SCORE, total, children=tuple(children)), vetoes)
