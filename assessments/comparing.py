"""What changed since last year, indicator by indicator: by what was done, and by a rule that is another one now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.models import Computation, Cycle, IndicatorScore, Result
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.rules import Takes
from culture_admin.scoring.table import Indicator
from culture_admin.scoring.values import NOTHING


@dataclass(frozen=True, slots=True)
class Change:
    """Points of an indicator then and now. by_rule: what the same value earns more by today's rule; the rest was done.

    None where the indicator was not asked that year, or by_rule cannot be told apart.
    """

    code: str
    label: str
    before: Decimal | None
    after: Decimal | None
    by_rule: Decimal | None = None

    @property
    def change(self) -> Decimal:
        return (self.after or NOTHING) - (self.before or NOTHING)

    @property
    def by_value(self) -> Decimal:
        return self.change - (self.by_rule or NOTHING)


def result_before(result: Result) -> Result | None:
    """The same unit's result of the year before, where its assessment came to an end, or is shown."""
    cycle: Cycle = result.computation.cycle
    former = Cycle.objects.filter(
        place=cycle.place_id, scheme__subject=cycle.subject, scheme__year=cycle.year - 1, state__in=Cycle.SHOWN
    ).first()
    if former is None:
        return None
    standing = former.computations.exclude(kind=Computation.Kind.INTERIM).latest("number")
    rows = standing.results.filter(assessment__unit=result.assessment.unit_id)
    return rows.select_related("assessment__unit", "computation__cycle__scheme", "computation__scheme").first()


def changes(before: Result, after: Result) -> list[Change]:
    """Every indicator of either year, in the order of this year's scheme, then what is asked no more."""
    old, new = _points(before), _points(after)
    old_rules, new_rules = (_indicators(one.computation.scheme) for one in (before, after))
    return [
        Change(
            code,
            str((new_rules.get(code) or old_rules[code]).label),
            old[code].points if code in old else None,
            new[code].points if code in new else None,
            _by_rule(code, old, old_rules, new_rules),
        )
        for code in dict.fromkeys([*new_rules, *old_rules])
        if code in old or code in new
    ]


def _points(result: Result) -> dict[str, IndicatorScore]:
    return {line.code: line for line in result.scores.all() if line.code}


def _indicators(scheme: Scheme) -> dict[str, Indicator]:
    return {indicator.code: indicator for _section, indicator in scheme.content.table.indicators()}


def _by_rule(
    code: str,
    old: Mapping[str, IndicatorScore],
    old_rules: Mapping[str, Indicator],
    new_rules: Mapping[str, Indicator],
) -> Decimal | None:
    """What last year's value earns more by this year's rule; a rule that looks at others cannot be asked alone."""
    if code not in old or code not in old_rules or code not in new_rules:
        return None
    rule = new_rules[code].rule
    if rule.as_written() == old_rules[code].rule.as_written():
        return NOTHING
    numbers = old[code].numbers
    if rule.method.takes != Takes.NUMBER or len(numbers) != 1:
        return None
    points = rule.points(numbers[0])
    limit = new_rules[code].points
    return (points if limit is None else min(points, limit)) - old[code].points
