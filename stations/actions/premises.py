"""Entering and correcting parts of the premises, and the week that follows from their hours."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.exchange.models import Import
from culture_admin.territory.models import in_force
from culture_admin.workflow.locking import lock
from stations.actions.rows import enter
from stations.models import Facility, OpeningWeek, OtherUse, Station, Week

# What the station itself keeps up to date; areas, uses and ends are the bureau's to enter.
KEPT_BY_STATION = {"capacity", "opening_hours", "latitude", "longitude"}
COUNTED = {"opening_hours", "valid_to"}


def add_facility(
    *,
    actor,
    station: Station,
    name: str,
    use: str,
    floor_area: int,
    valid_from: date,
    valid_to: date | None = None,
    capacity: int | None = None,
    opening_hours: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    batch: Import | None = None,
) -> Facility:
    """Enters a part of the premises; `floor_area` in whole m², `capacity` in people, opening hours by weekday."""
    require_of(actor, "stations", path=station.division.path)
    with acting(actor):
        facility = enter(
            Facility(
                station=station,
                name=name,
                use=use,
                floor_area=floor_area,
                valid_from=valid_from,
                valid_to=valid_to,
                capacity=capacity,
                opening_hours=opening_hours,
                latitude=latitude,
                longitude=longitude,
                batch=batch,
            )
        )
        if opening_hours:
            recount_week(station, valid_from)
    return facility


def change_facility(
    *, actor, facility: Facility, at: datetime | None = None, seen: int | None = None, **changes
) -> Facility:
    """Corrects what is said of a part of the premises: use, area, end; hours, capacity and position also by the station.

    New hours count from today on. Raises ValidationError, StepRefused (`stale`), PermissionDenied.
    """
    power = "stations.hours" if changes.keys() <= KEPT_BY_STATION else "stations"
    today = timezone.localdate(at or timezone.now())
    with acting(actor):
        rows = Facility.objects.visible_to(actor) if actor else Facility.objects.all()
        row = lock(rows.select_related("station__division", "station__unit"), facility, seen)
        require_of(actor, power, path=row.station.division.path)
        ended = row.valid_to
        for name, value in changes.items():
            setattr(row, name, value)
        _refuse_smaller_than_used(row, today)
        row.version += 1
        enter(row)
        if changes.keys() & COUNTED:
            recount_week(row.station, min(day for day in (today, ended, row.valid_to) if day))
    return row


def withdraw_facility(*, actor, facility: Facility, at: datetime | None = None) -> Facility:
    """Takes back a facility that was entered by mistake: it ends on its first day, and so never was."""
    return change_facility(actor=actor, facility=facility, at=at, valid_to=facility.valid_from)


def recount_week(station: Station, since: date) -> None:
    """Writes anew for how long a station is open a week, from a day on: a row for each time its rooms are the same.

    Call inside the transaction that changed the hours.
    """
    weeks = OpeningWeek.objects.filter(station=station)
    weeks.filter(valid_from__gte=since).delete()
    weeks.filter(Q(valid_to=None) | Q(valid_to__gt=since)).update(valid_to=since)
    open_rooms = Facility.objects.filter(station=station).exclude(opening_hours="")
    rooms = list(open_rooms.filter(Q(valid_to=None) | Q(valid_to__gt=since)).order_by("pk"))
    turns = {day for room in rooms for day in (room.valid_from, room.valid_to) if day and day > since}
    firsts = sorted(turns | {since})
    for first, end in zip(firsts, [*firsts[1:], None], strict=True):
        hours = [room.opening_hours for room in rooms if _is_used(room, first)]
        if hours:
            minutes = Week.together(hours).minutes
            OpeningWeek.objects.create(station=station, valid_from=first, valid_to=end, minutes=minutes)


def week_of(station: Station, on: date) -> Week:
    """When at least one room of the station is open; a week without days where no hours are entered."""
    rooms = Facility.objects.filter(in_force(on), station=station).exclude(opening_hours="")
    return Week.together(rooms.values_list("opening_hours", flat=True))


def _is_used(room: Facility, on: date) -> bool:
    return room.valid_from <= on and (room.valid_to is None or on < room.valid_to)


def _refuse_smaller_than_used(facility: Facility, today: date) -> None:
    """A room is not made smaller than the part of it that is put to other use."""
    uses = OtherUse.objects.filter(in_force(today), facility=facility)
    taken = uses.aggregate(sum=Sum("area"))["sum"] or 0
    if taken > facility.floor_area:
        message = _("%(taken)d m² of it are put to another use; the area cannot be smaller.") % {"taken": taken}
        raise ValidationError({"floor_area": ValidationError(message, code="area_taken")})
