"""Rehearsal: what is missing to the next points, and what the ranking would be if. Nothing is written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextField
from django.db.models import Value as Text
from django.db.models.functions import Cast, NullIf
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.checklist import values_of
from assessments.models import Assessment, Computation, Cycle, IndicatorScore, Result
from culture_admin.scoring.ranking import Ranking, ranked
from culture_admin.scoring.rehearsal import Passing, gaps, moves_others, overtaken, resupposed
from culture_admin.scoring.rules import Rule
from culture_admin.scoring.table import Indicator, Part, Section, Table
from culture_admin.scoring.tree import Earned
from culture_admin.scoring.values import NOTHING, Standing, Value, carried
from culture_admin.statistics.register import METRICS

Changes = Mapping[str, Decimal]
# By the code of an indicator what it was judged by.
Values = Mapping[str, tuple[Value, ...]]


class _Known(NamedTuple):
    """What is known of a result: its key, whose it is, its total, its place (none beside the ranking), and, still as it is written,
    what was earned of each first-level indicator.
    """

    pk: int
    assessment: int
    total: Decimal
    place: int | None
    earned: str


KNOWN = ("pk", "assessment_id", "total", "place", Cast("earned", TextField()))

# The parameters of a rule that other full points stretch in proportion; a threshold is another number, not a stretched one.
STRETCHED = ("full", "most", "otherwise", "each")


@dataclass(frozen=True, slots=True)
class Missing:
    """So much more of a counted indicator earns `gain` points; `whole` would earn all of them.

    days_left: of the year; none once its numbers are frozen.
    """

    code: str
    label: str
    missing: Decimal
    gain: Decimal
    whole: Decimal
    unit: str
    days_left: int


def gap_list(assessment: Assessment, until: date, *, at: datetime | None = None) -> list[Missing]:
    """What a town lacks, indicator by indicator, most points first. Only of what is counted: nobody else decides on that."""
    body = assessment.cycle.scheme.content
    counted = {code: one for code, one in values_of(assessment, until).items() if len(one.values) == 1}
    today = timezone.localdate(at)
    is_frozen = assessment.cycle.snapshot_id is not None
    days_left = 0 if is_frozen else max(0, (date(assessment.cycle.year, 12, 31) - today).days)
    return [
        Missing(
            gap.indicator.code,
            str(gap.indicator.label),
            gap.missing,
            gap.gain,
            gap.whole,
            str(METRICS[body.sources[gap.indicator.code].metric].unit),
            days_left,
        )
        for gap in gaps(body.table, {code: one.values[0] for code, one in counted.items()})
        if gap.indicator.code in counted
    ]


@dataclass(frozen=True)
class Rehearsed:
    """The scores of a group as they are and as they would be, by the key of the assessment."""

    before: dict[int, Decimal]
    after: dict[int, Decimal]
    place_before: dict[int, int | None]
    place_after: dict[int, int | None]
    overtaken: list[Assessment]
    overtaking: list[Assessment]

    @cached_property
    def assessments(self) -> dict[int, Assessment]:
        """Those of the group, read when somebody wants their names."""
        return _named(self.before)


def rehearse(
    cycle: Cycle,
    *,
    own: Assessment | None = None,
    group: str = "",
    more: Changes | None = None,
    points: Changes | None = None,
    targets: Changes | None = None,
    computation: Computation | None = None,
) -> Rehearsed:
    """The ranking of a group if somebody had so much more of some indicators, or if points or targets were others.

    more: what is added to the value of `own`, by indicator. points, targets: other full points and targets of indicators.
    computation: what is started from; the last one where none is named. Only indicators that something changes in are judged
    again, and only of those whom it touches. Raises ValidationError for what cannot be supposed.
    """
    more, points, targets = dict(more or {}), dict(points or {}), dict(targets or {})
    start = computation or Computation.objects.filter(cycle=cycle).latest("number")
    table = start.scheme.content.table
    changed = {**more, **points, **targets}
    _check(table, changed, targets)
    inside = Result.objects.filter(computation=start, assessment__group=own.group if own else group).order_by("pk")
    results = [_Known(*line) for line in inside.values_list(*KNOWN)]
    totals = {one.assessment: one.total for one in results}
    touched = results
    if not (points or targets or moves_others(table, changed)):
        inside = inside.filter(assessment=own)
        touched = [one for one in results if own and one.assessment == own.pk]
    kept = {one.assessment: _earned(one) for one in touched}
    was = _values(inside, touched, changed)
    given = {pk: _more(values, more) if own and pk == own.pk else values for pk, values in was.items()}
    after = resupposed(table, _supposed(table, points, targets), kept, was, given, changed)
    return _compared(results, totals, totals | after, own)


def _compared(
    results: list[_Known], before: Mapping[int, Decimal], after: Mapping[int, Decimal], own: Assessment | None
) -> Rehearsed:
    """Totals and places by assessment."""
    beside = {one.assessment for one in results if one.place is None}
    first, second = (ranked(totals, beside) for totals in (before, after))
    passing = overtaken(first, second, own.pk) if own else Passing((), ())
    passed = _named([*passing.overtakes, *passing.overtaken_by])
    return Rehearsed(
        before,
        after,
        _places(first, before),
        _places(second, before),
        [passed[pk] for pk in passing.overtakes],
        [passed[pk] for pk in passing.overtaken_by],
    )


def _named(keys: Iterable[int]) -> dict[int, Assessment]:
    return Assessment.objects.select_related("unit", "division").in_bulk(list(keys))


def _places(ranking: Ranking[int], known: Mapping[int, Decimal]) -> dict[int, int | None]:
    """Places by assessment; None for whoever stands beside the ranking."""
    return dict.fromkeys(known) | {place.unit: place.place for place in ranking.places}


def _earned(result: _Known) -> dict[str, Earned]:
    """What a result has earned of each first-level indicator."""
    return {code: Earned(*map(Decimal, numbers)) for code, numbers in json.loads(result.earned).items()}


def _values(inside: QuerySet[Result], touched: Iterable[_Known], codes: Collection[str]) -> Mapping[int, Values]:
    """What indicators were judged by, by assessment."""
    owners = {one.pk: one.assessment for one in touched}
    # As the unique index knows the code.
    lines = IndicatorScore.objects.alias(indexed=NullIf("code", Text(""))).filter(result__in=inside)
    lines = lines.filter(indexed__in=list(codes)).order_by()
    found: dict[int, dict[str, tuple[Value, ...]]] = defaultdict(dict)
    for result, code, standing, numbers in lines.values_list("result_id", "code", "standing", "numbers"):
        found[owners[result]][code] = tuple(map(Value.of, numbers)) or (Value(Standing(standing)),)
    return found


def _more(values: Values, more: Changes) -> Values:
    """The values with so much more of some of them; of several numbers the first grows."""
    grown = {}
    for code, number in more.items():
        first, *others = values[code]
        grown[code] = (Value.of(max(NOTHING, (first.number or NOTHING) + number)), *others)
    return {**values, **grown}


def _supposed(table: Table, points: Changes, targets: Changes) -> Table:
    """The table with other points and targets; weights follow what their indicators are worth."""
    sections = tuple(_section(section, points, targets) for section in table.sections)
    return replace(table, sections=sections, total=sum((section.weight for section in sections), NOTHING))


def _section(section: Section, points: Changes, targets: Changes) -> Section:
    indicators = tuple(_indicator(one, points.get(one.code), targets.get(one.code)) for one in section.indicators)
    weight = sum((one.points or NOTHING for one in indicators if one.part == Part.BASE), NOTHING)
    return replace(section, indicators=indicators, weight=weight)


def _indicator(indicator: Indicator, points: Decimal | None, target: Decimal | None) -> Indicator:
    rule = indicator.rule
    if target is not None:
        rule = Rule(rule.method, {**rule.arguments, "target": target})
    if points is None:
        return replace(indicator, rule=rule)
    stretch = points / indicator.points if indicator.points else NOTHING
    return replace(indicator, rule=Rule(rule.method, _stretched(rule, stretch)), points=points)


def _stretched(rule: Rule, stretch: Decimal) -> dict[str, Any]:
    arguments = dict(rule.arguments)
    for name in STRETCHED:
        if arguments.get(name) is not None:
            arguments[name] = carried(arguments[name] * stretch)
    if "bands" in arguments:
        arguments["bands"] = tuple((least, carried(earned * stretch)) for least, earned in arguments["bands"])
    return arguments


def _check(table: Table, changes: Changes, targets: Changes) -> None:
    rules = {one.code: one.rule for _section, one in table.indicators()}
    for code, number in changes.items():
        if code not in rules:
            message = _("There is no indicator %(code)s.") % {"code": code}
            raise ValidationError({code: ValidationError(message, code="unknown_indicator")})
        if not number.is_finite():
            raise ValidationError({code: ValidationError(_("Expected a number."), code="number_format")})
        if code in targets and rules[code].arguments.get("target") is None:
            message = _("The rule of %(code)s has no target.") % {"code": code}
            raise ValidationError({code: ValidationError(message, code="no_target")})
        if code in targets and targets[code] <= 0:
            raise ValidationError({code: ValidationError(_("Expected a number above 0."), code="number_range")})
