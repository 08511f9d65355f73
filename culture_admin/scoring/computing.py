"""Scores of comparable units from the values of their indicators: the same values give the same scores, in whatever order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from culture_admin.scoring.rules import MEAN, Rule, Takes
from culture_admin.scoring.table import Indicator, Part, Section, Table
from culture_admin.scoring.tree import Kind, Node, Score, together
from culture_admin.scoring.values import NOT_RECORDED, NOTHING, Effect, Standing, Value, carried

Unit = TypeVar("Unit")
# By the code of an indicator: its value, or the values of the quarters, or the points of each of several ways to earn them.
Values = Mapping[str, Value | Sequence[Value]]


def scores(table: Table, given: Mapping[Unit, Values]) -> dict[Unit, Score]:
    """The scores of the units of one group of comparable ones. What no value is given for is not recorded."""
    units = list(given)
    sections: dict[Unit, list[Node]] = {unit: [] for unit in units}
    vetoes: dict[Unit, list[Indicator]] = {unit: [] for unit in units}
    for section in table.sections:
        earned: dict[Unit, list[Node]] = {unit: [] for unit in units}
        for indicator in section.indicators:
            for unit, node in _of_indicator(
                indicator, {unit: _values(given[unit], indicator) for unit in units}
            ).items():
                if indicator.part != Part.VETO:
                    earned[unit].append(node)
                elif node.points:
                    vetoes[unit].append(indicator)
        for unit, node in _of_section(section, earned).items():
            sections[unit].append(node)
    return {unit: _score(table, tuple(sections[unit]), tuple(vetoes[unit])) for unit in units}


def _values(values: Values, indicator: Indicator) -> tuple[Value, ...]:
    value = values.get(indicator.code, NOT_RECORDED)
    return (value,) if isinstance(value, Value) else tuple(value)


def _of_indicator(indicator: Indicator, values: Mapping[Unit, tuple[Value, ...]]) -> dict[Unit, Node]:
    rule = indicator.rule
    yardstick = _yardstick(rule, values.values()) if rule.method.takes == Takes.PEERS else None
    return {unit: _node(indicator, own, yardstick) for unit, own in values.items()}


def _yardstick(rule: Rule, values: Iterable[tuple[Value, ...]]) -> Decimal:
    known = [value.number for (value,) in values if value.number is not None]
    if not known:
        return NOTHING
    return carried(sum(known, NOTHING) / len(known)) if rule.arguments["against"] == MEAN else max(known)


def _node(indicator: Indicator, values: tuple[Value, ...], yardstick: Decimal | None) -> Node:
    effect, points = _earned(indicator, values, yardstick)
    if indicator.part == Part.DEDUCTION:
        points = -points
    return Node(Kind.INDICATOR, points, None, indicator, values, effect, yardstick)


def _earned(
    indicator: Indicator, values: tuple[Value, ...], yardstick: Decimal | None
) -> tuple[Effect | None, Decimal]:
    """What was made of a value that is not there, and the points."""
    rule, takes = indicator.rule, indicator.rule.method.takes
    if takes in (Takes.QUARTERS, Takes.POINTS):
        known = [value.number for value in values if value.number is not None]
        if known:
            return None, _within(indicator, rule.points(known))
        (value, *_others) = values or (NOT_RECORDED,)
    else:
        (value,) = values
    effect = None if value.standing == Standing.VALUE else indicator.effects[value.standing]
    if effect in (Effect.NO_POINTS, Effect.LEFT_OUT):
        return effect, NOTHING
    if effect == Effect.FULL_POINTS:
        return effect, indicator.points or NOTHING
    number = value.number if value.number is not None else NOTHING
    if takes == Takes.EVENT:
        return effect, Decimal(int(rule.points(number)))
    if takes in (Takes.QUARTERS, Takes.POINTS):
        return effect, NOTHING
    circumstances = {"yardstick": yardstick} if yardstick is not None else {}
    return effect, _within(indicator, rule.points(number, **circumstances))


def _within(indicator: Indicator, points: Decimal) -> Decimal:
    return points if indicator.points is None else min(indicator.points, points)


def _of_section(section: Section, earned: Mapping[Unit, list[Node]]) -> dict[Unit, Node]:
    nodes = {unit: [*own, *_spread(section, own)] for unit, own in earned.items()}
    for rule in section.levels:
        sums = {unit: together(tuple(own)) for unit, own in nodes.items()}
        best = max(sums.values(), default=NOTHING)
        for unit, own in nodes.items():
            limited = _limited(rule, section, sums[unit], best)
            if limited != sums[unit]:
                own.append(Node(Kind.LEVEL, limited - sums[unit], section))
    return {unit: Node(Kind.SECTION, together(tuple(own)), section, children=tuple(own)) for unit, own in nodes.items()}


def _limited(rule: Rule, section: Section, points: Decimal, best: Decimal) -> Decimal:
    if rule.method.code == "M6":
        return rule.points(points, weight=section.weight)
    return rule.points(points, best=best)


def _spread(section: Section, nodes: Sequence[Node]) -> list[Node]:
    """The points of what does not apply, earned by the other indicators in the proportion in which they earn their own."""
    left = _left_out(nodes)
    # Where nothing of it applies, the other first-level indicators earn its weight.
    if not left or left == section.weight:
        return []
    base = [node.points for node in nodes if node.indicator and node.indicator.part == Part.BASE]
    return [Node(Kind.SPREAD, carried(sum(base, NOTHING) * left / (section.weight - left)), section)]


def _left_out(nodes: Iterable[Node]) -> Decimal:
    return sum(
        (node.indicator.points or NOTHING for node in nodes if node.indicator and node.effect == Effect.LEFT_OUT),
        NOTHING,
    )


def _score(table: Table, sections: tuple[Node, ...], vetoes: tuple[Indicator, ...]) -> Score:
    children = list(sections)
    left = sum((node.section.weight for node in sections if node.section and _is_left_out(node)), NOTHING)
    if left and left != table.total:
        children.append(Node(Kind.SPREAD, carried(together(sections) * left / (table.total - left))))
    exact = together(tuple(children))
    total = table.rounded(exact)
    if total != exact:
        children.append(Node(Kind.ROUNDING, total - exact))
    return Score(total, Node(Kind.SCORE, total, children=tuple(children)), vetoes)


def _is_left_out(node: Node) -> bool:
    """Whether nothing of a first-level indicator applies."""
    return node.section is not None and _left_out(node.children) == node.section.weight
