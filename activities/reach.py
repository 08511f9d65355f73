"""What a change of boundaries does to what stations do: plans go along, what has happened stays where it happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity, Course, MonthlyReturn, OpeningVisits, Series, Team, VenueBooking, Work
from activities.models.team import LIVING
from culture_admin.boundaries.land import Land
from culture_admin.boundaries.register import Reach, Touched, register
from culture_admin.boundaries.shift import Shift
from culture_admin.workflow.actions import follow, note_on
from culture_admin.workflow.steps import FLOWS
from stations.models import Facility
from stewards.models import Posting

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Dated:
    """A model whose rows happen on a day at a station and keep the division of that day. only: those that have happened."""

    model: type[Any]
    on: str
    only: Q = field(default_factory=Q)

    def of(self, stations: Any, first: date | None = None) -> QuerySet:
        rows = self.model.objects.filter(self.only, station__in=stations)
        return rows.filter(**{f"{self.on}__gte": first}) if first else rows


HAPPENED = ~Q(state__in=[*Activity.AHEAD, Activity.State.CANCELLED, Activity.State.VOID])
FACTS = (
    Dated(Activity, "begins_on", HAPPENED),
    Dated(OpeningVisits, "on"),
    Dated(Work, "finished_on", ~Q(state=Work.State.VOID)),
    Dated(Course, "begins_on", Q(state=Course.State.CLOSED)),
    Dated(MonthlyReturn, "month"),
)


def _latest(land: Land) -> date | None:
    """The last day on which something happened at the stations of the divisions."""
    days = [fact.of(land.stations).aggregate(last=Max(fact.on))["last"] for fact in FACTS]
    return max((day for day in days if day), default=None)


def _recorded(shift: Shift) -> list[Touched]:
    return [
        Touched(row.pk, f"{fact.model._meta.verbose_name} · {row}", "settled")
        for fact in FACTS
        for row in fact.of(shift.stations, shift.on).order_by("pk")
    ]


def _settle_recorded(shift: Shift, actor, at: datetime) -> None:
    """What was entered since the day lay in the new divisions when it happened, and is kept there."""
    for fact in FACTS:
        rows = list(fact.of(shift.stations, shift.on).order_by("pk"))
        _seat(shift, rows)
        _store(rows, ["division", "county", *(["village"] if fact.model is Activity else [])])
        if fact.model is Activity:
            _note(shift, rows, actor, at)


def _plans_of(shift: Shift) -> QuerySet[Activity]:
    rows = Activity.objects.filter(station__in=shift.stations, begins_on__gte=shift.on, state__in=Activity.AHEAD)
    return rows.order_by("pk")


def _told(shift: Shift, rows: QuerySet, ending: str, merged: str = "carried") -> list[Touched]:
    """Rows that go along with their station, go over to another, or come to an end with it."""
    return [
        Touched(row.pk, f"{row} · {row.station.unit.name_zh}", _effect(shift, row.station_id, ending, merged))
        for row in rows.select_related("station__unit")
    ]


def _effect(shift: Shift, station: int, ending: str, merged: str) -> str:
    if station not in shift.merged:
        return "moves"
    return merged if shift.merged[station] else ending


def _move_plans(shift: Shift, actor, at: datetime) -> None:
    ended = [key for key, into in shift.merged.items() if not into]
    follow(_plans_of(shift).filter(station__in=ended), "cancel", actor=actor, at=at, comment=_why(shift))
    rows = list(_plans_of(shift).exclude(station__in=ended))
    _seat(shift, rows)
    _hand_over(shift, rows)
    _store(rows, ["station", "division", "county", "village", "facility", "posting"])
    _note(shift, rows, actor, at)


def _series_of(shift: Shift) -> QuerySet[Series]:
    return Series.objects.filter(station__in=shift.stations, ends_on__gte=shift.on).order_by("pk")


def _move_series(shift: Shift, actor, at: datetime) -> None:
    rows = list(_series_of(shift))
    for row in rows:
        if row.station_id in shift.merged and not shift.merged[row.station_id]:
            row.ends_on = max(row.begins_on, shift.on - ONE_DAY)
        elif row.village_id in shift.heirs:
            row.village_id = shift.heir(row.village_id).pk
    _hand_over(shift, rows)
    _store(rows, ["station", "village", "facility", "posting", "ends_on"])


def _bookings_of(shift: Shift) -> QuerySet[VenueBooking]:
    first = timezone.make_aware(datetime.combine(shift.on, datetime.min.time()))
    return VenueBooking.objects.booked().filter(station__in=shift.stations, begins_at__gte=first).order_by("pk")


def _move_bookings(shift: Shift, actor, at: datetime) -> None:
    ended = [key for key, into in shift.merged.items() if not into]
    alone = _bookings_of(shift).filter(station__in=ended, activity=None)
    follow(alone, "cancel", actor=actor, at=at, comment=_why(shift))
    rows = list(_bookings_of(shift).filter(station__in=shift.merged))
    _hand_over(shift, rows)
    _store(rows, ["station", "facility"])
    _note(shift, rows, actor, at)


def _courses_of(shift: Shift) -> QuerySet[Course]:
    return Course.objects.living().filter(station__in=shift.stations).order_by("pk")


def _teams_of(shift: Shift) -> QuerySet[Team]:
    return Team.objects.filter(station__in=shift.stations, state__in=LIVING).order_by("pk")


def _keep_up(rows_of: Callable[[Shift], QuerySet]) -> Callable[[Shift, object, datetime], None]:
    """What a merged station keeps up, the other keeps up from now on; a double that is there already stays to be merged."""

    def apply(shift: Shift, actor, at: datetime) -> None:
        rows = [row for row in rows_of(shift).filter(station__in=shift.merged) if shift.merged[row.station_id]]
        if rows and isinstance(rows[0], Team):
            rows = [row for row in rows if not _doubled(row, shift.merged[row.station_id])]
        _hand_over(shift, rows)
        _store(rows, ["station", "posting"])
        _note(shift, rows, actor, at)

    return apply


def _doubled(team: Team, station: int | None) -> bool:
    same = Team.objects.filter(station=station, name=team.name, leader=team.leader, village=team.village)
    return same.filter(state__in=LIVING).exists()


def _seat(shift: Shift, rows: Sequence[Any]) -> None:
    """The division and county in which the rows of moved stations lie from the day on, and their villages as these became."""
    for row in rows:
        seat = shift.stations[row.station_id]
        row.division_id, row.county_id = seat.pk, seat.county_id
        if getattr(row, "village_id", None) in shift.heirs:
            row.village_id = shift.heir(row.village_id).pk


def _hand_over(shift: Shift, rows: Sequence[Any]) -> None:
    """To the station the rows' own is merged into, with its rooms and the postings that go on there."""
    for row in rows:
        into = shift.merged.get(row.station_id)
        if not into:
            continue
        row.station_id = into
        for model, name in ((Facility, "facility_id"), (Posting, "posting_id")):
            if getattr(row, name, None):
                setattr(row, name, shift.carried.get((model, getattr(row, name)), getattr(row, name)))


def _store(rows: Sequence[Model], fields: Sequence[str]) -> None:
    if not rows:
        return
    known = {field.name for field in rows[0]._meta.concrete_fields}
    if "version" in known:
        for row in rows:
            row.version += 1
    type(rows[0])._default_manager.bulk_update(rows, [name for name in (*fields, "version") if name in known])


def _note(shift: Shift, rows: Sequence[Any], actor, at: datetime) -> None:
    """What a decision stands on has changed by another decision, which stands beside it."""
    if rows:
        flow = FLOWS[type(rows[0])]
        fresh = type(rows[0])._default_manager.select_related(*flow.related).in_bulk([row.pk for row in rows])
        note_on([fresh[row.pk] for row in rows], step="change", office=None, actor=actor, at=at, comment=_why(shift))


def _why(shift: Shift) -> str:
    return _("Change of boundaries: %(document)s") % {"document": shift.change.document}


register(
    Reach(
        "recorded",
        gettext_lazy("Entered since the day of the change"),
        _recorded,
        _settle_recorded,
        latest=_latest,
        models=tuple(fact.model for fact in FACTS),
    )
)
register(
    Reach(
        "plans",
        gettext_lazy("Planned activities after the day"),
        lambda shift: _told(shift, _plans_of(shift), "cancelled"),
        _move_plans,
        models=(Activity,),
    )
)
register(
    Reach(
        "series",
        gettext_lazy("Series that go on after the day"),
        lambda shift: _told(shift, _series_of(shift), "ends"),
        _move_series,
        models=(Series,),
    )
)
register(
    Reach(
        "bookings",
        gettext_lazy("Bookings of rooms after the day"),
        lambda shift: _told(shift, _bookings_of(shift), "cancelled"),
        _move_bookings,
        models=(VenueBooking,),
    )
)
register(
    Reach(
        "courses",
        gettext_lazy("Open courses"),
        lambda shift: _told(shift, _courses_of(shift), "stranded"),
        _keep_up(_courses_of),
        models=(Course,),
    )
)
register(
    Reach(
        "teams",
        gettext_lazy("Mass amateur art teams"),
        lambda shift: _told(shift, _teams_of(shift), "stranded"),
        _keep_up(_teams_of),
        models=(Team,),
    )
)
