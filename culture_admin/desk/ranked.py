"""Rankings as they are read: everybody of a group with score, place and change; by one indicator; a town's places over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments.models import Assessment, Computation, Cycle, IndicatorScore, Result
from culture_admin.scoring.body import Body
from culture_admin.scoring.explained import said_of
from culture_admin.scoring.ranking import ranked
from culture_admin.scoring.values import Standing


@dataclass(frozen=True, slots=True)
class Row:
    """One of a ranking. before: its place last year; said: of one indicator what it was judged by."""

    result: Result
    place: int | None
    score: Decimal
    before: int | None = None
    said: str = ""

    @property
    def climbed(self) -> int | None:
        """By how many places it has risen since last year; below 0 where it fell."""
        return None if self.place is None or self.before is None else self.before - self.place

    @property
    def fell(self) -> int:
        return -(self.climbed or 0)


def ranking_of(user, computation: Computation, group: str) -> tuple[list[Row], list[Row]]:
    """The ranked of a group by place, equal scores sharing one, and those beside the ranking."""
    results = list(_results(user, computation, group).order_by("place", "assessment__division__code", "pk"))
    before = _places_before(user, computation)
    rows = [Row(one, one.place, one.total, before.get(one.assessment.unit_id)) for one in results]
    return [row for row in rows if row.place is not None], [row for row in rows if row.place is None]


def ranking_by(user, computation: Computation, group: str, code: str) -> list[Row]:
    """Those of a group by the points of one indicator."""
    body: Body = computation.scheme.content
    lines = IndicatorScore.objects.filter(result__in=_results(user, computation, group), code=code, node="indicator")
    found = list(
        lines.select_related("result__assessment__unit", "result__assessment__division").order_by(
            "-points", "result__assessment__division__code", "pk"
        )
    )
    places = {place.unit: place.place for place in ranked({one.pk: one.points for one in found}).places}
    source = body.sources[code]
    return [
        Row(
            one.result,
            places[one.pk],
            one.points,
            said=said_of(source, Standing(one.standing or Standing.NOT_RECORDED), one.numbers),
        )
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class Former:
    """A result of one of the years: its year as it is called below the chart."""

    label: str
    result: Result


def places_of(user, assessment: Assessment) -> list[Former]:
    """What the same unit came to in each year that is shown, by the computation that stands, the oldest first."""
    rows = (
        Result.objects.visible_to(user)
        .filter(
            assessment__unit=assessment.unit_id,
            assessment__cycle__scheme__subject=assessment.cycle.subject,
            computation__shown_at__isnull=False,
        )
        .exclude(computation__kind=Computation.Kind.INTERIM)
        .select_related("computation__cycle__scheme", "computation__scheme", "assessment")
    )
    standing: dict[int, Result] = {}
    for one in rows.order_by("computation__cycle__scheme__year", "computation__number"):
        standing[one.computation.cycle.year] = one
    return [Former(str(year), one) for year, one in standing.items()]


def _results(user, computation: Computation, group: str):
    rows = Result.objects.visible_to(user).filter(computation=computation, assessment__group=group)
    return rows.select_related("assessment__unit", "assessment__division")


def _places_before(user, computation: Computation) -> dict[int, int | None]:
    """By unit its place last year, in the computation that stands there."""
    cycle = computation.cycle
    former = Computation.objects.visible_to(user).filter(
        cycle__place=cycle.place_id,
        cycle__scheme__subject=cycle.subject,
        cycle__scheme__year=cycle.year - 1,
        cycle__state__in=Cycle.SHOWN,
        shown_at__isnull=False,
    )
    standing = former.exclude(kind=Computation.Kind.INTERIM).order_by("-number").first()
    if standing is None:
        return {}
    return dict(Result.objects.filter(computation=standing).values_list("assessment__unit", "place"))


def groups_of(body: Body, results: Sequence[str]) -> list[tuple[str, object]]:
    """The groups of a scheme in which somebody was scored."""
    return [(group.code, group.label) for group in body.groups if group.code in results]
