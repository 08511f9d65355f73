"""Scores of a year: from frozen values and judgements to points, places and titles."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from assessments.actions.corrections import corrected
from assessments.actions.counted import Counted, Plan, counted, of_unit, plan
from assessments.agreement import Agreement, agreed
from assessments.models import Assessment, Cycle, Item, Mark, PanelSeat
from culture_admin.scoring.body import Body, Check, Title
from culture_admin.scoring.computing import scores
from culture_admin.scoring.judging import judged_values
from culture_admin.scoring.ranking import Ranking, ranked, title_of
from culture_admin.scoring.table import Part
from culture_admin.scoring.tree import Score
from culture_admin.scoring.values import Standing, Value
from culture_admin.statistics.models import Snapshot
from culture_admin.statistics.snapshots import FrozenTable, ask, tables, take

# By the code of an indicator what it is judged by.
Values = dict[str, tuple[Value, ...]]


@dataclass
class Standings:
    """Everybody's scores of one year at one moment. counted: what the records say, `values` that and what was judged."""

    plan: Plan
    assessments: list[Assessment]
    counted: dict[int, dict[str, Counted]]
    values: dict[int, Values]
    agreements: dict[int, dict[str, Agreement]]
    scores: dict[int, Score] = field(default_factory=dict)
    rankings: dict[str, Ranking[int]] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)

    @property
    def body(self) -> Body:
        return self.plan.body

    def failures(self) -> Iterator[tuple[Assessment, str]]:
        """Where a formula has no denominator: who, and the code of the indicator."""
        for assessment in self.assessments:
            for code, one in self.counted[assessment.pk].items():
                if one.fails:
                    yield assessment, code

    @cached_property
    def asked(self) -> list[str]:
        """The codes of the indicators of which something is to be recorded."""
        return [one.code for _section, one in self.body.table.indicators() if one.part == Part.BASE]

    @cached_property
    def known(self) -> dict[int, int]:
        """By assessment, of how many of them something is recorded."""
        return {
            pk: len([code for code in self.asked if any(map(_is_recorded, values[code]))])
            for pk, values in self.values.items()
        }


@contextmanager
def collected_later() -> Iterator[None]:
    """Without the collector: half a million small objects are made and kept to the end, and looking through them for what is not
    needed any more, again and again, takes a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@collected_later()
def frozen(cycle: Cycle, *, until: date, actor, at: datetime) -> Snapshot:
    """The counted values of a year up to a day, kept as they are."""
    asked = plan(cycle.scheme, until).asked
    return take(actor=actor, place=cycle.place, asked=asked, name=str(cycle), at=at, entitled=True)


@collected_later()
def standings(cycle: Cycle, *, until: date, snapshot: Snapshot | None = None, at: datetime | None = None) -> Standings:
    """Everybody's scores by the values of a snapshot, or by what is recorded now. Nothing is written."""
    questions = plan(cycle.scheme, until)
    read = tables(snapshot) if snapshot else ask(questions.asked, cycle.place, at=at)
    return _standings(cycle, questions, read, corrections=snapshot is not None)


def _standings(cycle: Cycle, questions: Plan, read: Sequence[FrozenTable], *, corrections: bool) -> Standings:
    assessments = list(
        Assessment.objects.standing()
        .filter(cycle=cycle)
        .select_related("unit", "division")
        .order_by("group", "division__code", "pk")
    )
    for one in assessments:
        # Read with each of them, its scheme would be read as often.
        one.cycle = cycle
    found = counted(questions, read)
    own = {one.pk: of_unit(found, one.division_id, one.station_id) for one in assessments}
    if corrections:
        own = corrected(cycle, questions, own)
    agreements = panel_of(cycle, questions.body)
    values = _values(cycle, questions.body, own, agreements)
    made = Standings(questions, assessments, own, values, agreements)
    rank(made, cycle)
    return made


def rank(made: Standings, cycle: Cycle) -> None:
    """Scores, places and titles from the values; of each group by itself."""
    groups: dict[str, list[Assessment]] = defaultdict(list)
    for assessment in made.assessments:
        groups[assessment.group].append(assessment)
    for group, inside in groups.items():
        given: Any = {one.pk: made.values[one.pk] for one in inside}
        made.scores |= scores(made.body.table, given)
        beside = [one.pk for one in inside if made.known[one.pk] * 100 < len(made.asked) * cycle.scheme.known]
        made.rankings[group] = ranked({one.pk: made.scores[one.pk].total for one in inside}, beside)
        for place in made.rankings[group].places:
            cutoffs = [title.cutoff for title in made.body.titles if _mandatory(title, made.values[place.unit])]
            made.titles[place.unit] = title_of(place, cutoffs, vetoed=bool(made.scores[place.unit].vetoes))


def panel_of(cycle: Cycle, body: Body) -> dict[int, dict[str, Agreement]]:
    """What the assessors agree on, by assessment and indicator; of those who have not stood back."""
    found: dict[int, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    marks = Mark.objects.filter(seat__assessment__cycle=cycle, seat__state__in=PanelSeat.SITTING).order_by(
        "seat_id", "pk"
    )
    for assessment, code, standing, numbers in marks.values_list("seat__assessment_id", "code", "found", "numbers"):
        found[assessment][code].append(judged_values(standing, numbers))
    indicators = {one.code: one for _section, one in body.table.indicators()}
    return {
        assessment: {
            code: agreed(indicators[code], given, cycle.scheme.spread)
            for code, given in codes.items()
            if code in indicators
        }
        for assessment, codes in found.items()
    }


def _values(
    cycle: Cycle,
    body: Body,
    own: Mapping[int, Mapping[str, Counted]],
    agreements: Mapping[int, Mapping[str, Agreement]],
) -> dict[int, Values]:
    """What each indicator is judged by: what is counted, else what the panel agreed on, else what the review says."""
    values: dict[int, Values] = {pk: {code: one.values for code, one in found.items()} for pk, found in own.items()}
    judged = [code for code, source in body.sources.items() if not source.is_counted]
    reviews = Item.objects.filter(assessment__in=list(own), code__in=judged).order_by()
    for pk, code, standing, numbers in reviews.values_list("assessment_id", "code", "reviewed", "reviewed_numbers"):
        agreement = agreements.get(pk, {}).get(code)
        if body.checks.get(code) == Check.ON_SITE and agreement:
            values[pk][code] = (agreement.value,)
        else:
            values[pk][code] = judged_values(standing, numbers)
    nothing = dict.fromkeys((one.code for _section, one in body.table.indicators()), judged_values("", ()))
    return {pk: nothing | found for pk, found in values.items()}


def _is_recorded(value: Value) -> bool:
    return value.standing is not Standing.NOT_RECORDED


def _mandatory(title: Title, values: Values) -> bool:
    """Whether what a title asks of single indicators is there."""
    reached = {code: [value.number for value in given if value.number is not None] for code, given in values.items()}
    return all(max(reached.get(code) or [Decimal(-1)]) >= least for code, least in title.conditions.items())
