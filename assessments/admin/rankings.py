"""Places of a computation beside those before it, and the places of each single indicator."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery

from assessments.models import Computation, Cycle, IndicatorScore, Result
from culture_admin.scoring.explained import said_of, shown
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.ranking import ranked
from culture_admin.scoring.table import Indicator
from culture_admin.scoring.values import Standing


def with_places_before(rows: QuerySet) -> QuerySet:
    """Results with the place and score in the year's computation before (`place_before`), and of the year before (`place_last_year`)."""
    same = Result.objects.filter(
        assessment=OuterRef("assessment"), computation__number__lt=OuterRef("computation__number")
    )
    former = (
        Result.objects.filter(
            assessment__unit=OuterRef("assessment__unit"),
            computation__cycle__place=OuterRef("computation__cycle__place"),
            computation__cycle__scheme__subject=OuterRef("computation__cycle__scheme__subject"),
            computation__cycle__scheme__year=OuterRef("computation__cycle__scheme__year") - 1,
            computation__cycle__state__in=Cycle.SHOWN,
        )
        .exclude(computation__kind=Computation.Kind.INTERIM)
        .order_by("-computation__number")
    )
    same = same.order_by("-computation__number")
    return rows.annotate(
        place_before=Subquery(same.values("place")[:1]),
        total_before=Subquery(same.values("total")[:1]),
        place_last_year=Subquery(former.values("place")[:1]),
        total_last_year=Subquery(former.values("total")[:1]),
    )


@dataclass(frozen=True)
class OfIndicator:
    """A town's place by one indicator in its group. place: None beside the ranking of this indicator, where nothing is recorded."""

    result: Result
    line: IndicatorScore
    place: int | None
    among: int
    said: str
    formula: str

    @property
    def points(self) -> Decimal:
        return self.line.points

    @property
    def shown_points(self) -> str:
        return shown(self.points)


def by_indicator(computation: Computation, indicator: Indicator) -> dict[str, list[OfIndicator]]:
    """By group the places by the points of one indicator; equal points share one."""
    source = computation.scheme.content.sources[indicator.code]
    rows = IndicatorScore.objects.filter(
        result__computation=computation, node=IndicatorScore.Node.INDICATOR, code=indicator.code
    ).select_related("result__assessment__unit", "result__assessment__division")
    groups: dict[str, list[IndicatorScore]] = defaultdict(list)
    for line in rows.order_by("result__assessment__group", "-points", "result__assessment__division__code", "pk"):
        groups[line.result.assessment.group].append(line)
    found: dict[str, list[OfIndicator]] = {}
    for group, lines in groups.items():
        beside = [line.pk for line in lines if line.standing == Standing.NOT_RECORDED.value]
        ranking = ranked({line.pk: line.points for line in lines}, beside)
        places = {one.unit: one.place for one in ranking.places}
        made = [
            OfIndicator(
                line.result,
                line,
                places.get(line.pk),
                len(ranking.places),
                said_of(source, Standing(line.standing or Standing.NOT_RECORDED), line.numbers),
                f"{shown(line.numerator)} ÷ {shown(line.denominator)}" if line.denominator is not None else "",
            )
            for line in lines
        ]
        found[group] = sorted(made, key=lambda one: (one.place is None, one.place or 0))
    return found


def chosen_indicator(scheme: Scheme, code: str) -> Indicator | None:
    """The indicator of a code, or the first of the scheme."""
    every = [indicator for _section, indicator in scheme.content.table.indicators()]
    return next((one for one in every if one.code == code), every[0] if every and not code else None)
