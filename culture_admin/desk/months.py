"""A station's month as its head looks at it: the figures, what they were when confirmed, what still waits, who came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from activities.actions.months import FILED_FLOWS, LEVELS, differences, figures_of, known
from activities.models import Activity, Course, MonthlyReturn, OpeningVisits
from activities.models.returns import WAITING, month_after, month_of
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.reading import read
from culture_admin.statistics.register import METRICS
from culture_admin.statistics.tallies import Number
from stations.models import Station


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of two months; `filed` is what the head confirmed of the earlier one, `differs` whether that has changed."""

    label: object
    unit: object
    last: Number | None
    this: Number | None
    filed: Number | None
    differs: bool


@dataclass(frozen=True)
class Month:
    """The return of a month, None where none is opened, with what is to be known before it is confirmed."""

    first: date
    filing: MonthlyReturn | None
    lines: Sequence[Line]
    waiting: Sequence[Activity]
    proposed: Sequence[Course]
    visits: Sequence[OpeningVisits]

    @property
    def last_day(self) -> date:
        return Grain.MONTH.last(self.first)

    @property
    def over(self) -> bool:
        return self.first < month_of(timezone.localdate())


def month_at(user, station: Station, first: date, at: datetime) -> Month:
    """The month beside the present one, in a fixed number of queries."""
    today = timezone.localdate(at)
    returns = MonthlyReturn.objects.visible_to(user).filter(station=station, month=first)
    filing = returns.select_related("station__division", "station__unit").first()
    logs = Activity.objects.visible_to(user).filter(
        station=station, begins_on__gte=first, begins_on__lt=month_after(first), state__in=WAITING
    )
    courses = Course.objects.visible_to(user).filter(
        station=station, begins_on__gte=first, begins_on__lt=month_after(first), state=Course.State.PROPOSED
    )
    visits = OpeningVisits.objects.visible_to(user).filter(station=station, on__gte=first, on__lt=month_after(first))
    return Month(
        first=first,
        filing=filing,
        lines=_lines(station, first, month_of(today), filing, at),
        waiting=list(logs.with_names().order_by("begins_on", "pk")),
        proposed=list(courses.order_by("begins_on", "pk")),
        visits=list(visits.order_by("-on")),
    )


def _lines(station: Station, first: date, present: date, filing: MonthlyReturn | None, at: datetime) -> list[Line]:
    codes = known(FILED_FLOWS + LEVELS)
    spans = dict.fromkeys([first, present])
    tables = {
        month: read(codes, where={"station": station.pk}, period=Period.of(Grain.MONTH, month), at=at).total.values
        for month in spans
    }
    filed = (filing.filed if filing else None) or {}
    moved = set()
    if filing and filed:
        moved = {found.code for found in differences(filing, figures_of([filing], at)[filing.pk])}
    return [
        Line(
            METRICS[code].label,
            METRICS[code].unit,
            tables[first][code],
            tables[present][code],
            filed.get(code),
            code in moved,
        )
        for code in codes
    ]
