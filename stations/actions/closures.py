"""Announcing that a station or a room is shut, changing what was announced; what is announced late is kept and marked."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from stations.actions.rows import enter
from stations.models import Closure, Facility, Station, Threshold, threshold

POWER = "stations.hours"
# Nobody announces further; what is longer is no closure but the end of a facility.
AHEAD, BACK, LONGEST = timedelta(days=366), timedelta(days=31), timedelta(days=2 * 366)
CHANGEABLE = ("ends_on", "reason")


def file_closure(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    begins_on: date,
    ends_on: date,
    reason: str,
    facility: Facility | None = None,
) -> Closure:
    """Announces that a station, or one room, is shut. Raises ValidationError by field, PermissionDenied."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    office, _verb = require(actor.offices, POWER, ("decide",), path=station.division.path)
    notice = threshold(Threshold.Code.CLOSURE_NOTICE, station.division, today).number
    closure = Closure(
        station=station,
        facility=facility,
        begins_on=begins_on,
        ends_on=ends_on,
        reason=reason,
        filed_on=today,
        notice_days=notice,
        late=(begins_on - today).days < notice,
        filed_by=actor,
    )
    faults = _day_faults(closure, today)
    if facility and facility.station_id != station.pk:
        faults["facility"] = ValidationError(_("The room belongs to another station."), code="room_elsewhere")
    if faults:
        raise ValidationError(faults)
    with acting(actor):
        enter(closure)
        record_entry(closure, step="open", office=office, actor=actor, at=at)
    return closure


def change_closure(
    *, actor, closure: Closure, at: datetime | None = None, seen: int | None = None, **changes
) -> Closure:
    """Lets a closure end another day, or says its reason better. Days added too late make it late.

    Raises ValidationError by field, StepRefused (`stale`, `illegal_transition`), PermissionDenied.
    """
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    at = at or timezone.now()
    today = timezone.localdate(at)
    with acting(actor):
        rows = Closure.objects.visible_to(actor).select_related("station__division", "station__unit", "facility")
        row = lock(rows, closure, seen)
        office, _verb = require(actor.offices, POWER, ("decide",), path=row.station.division.path)
        if row.state != Closure.State.FILED:
            raise closed_to_change(row)
        added = row.ends_on + timedelta(days=1)
        for name, value in changes.items():
            setattr(row, name, value)
        faults = _day_faults(row, today)
        if faults:
            raise ValidationError(faults)
        row.late |= row.ends_on >= added and (added - today).days < row.notice_days
        row.version += 1
        enter(row)
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
    return row


def _day_faults(closure: Closure, today: date) -> dict[str, ValidationError]:
    if not closure.filed_on - BACK <= closure.begins_on <= today + AHEAD:
        message = _("A day from a month ago to a year ahead is expected.")
        return {"begins_on": ValidationError(message, code="date_range")}
    if closure.ends_on < closure.begins_on:
        return {"ends_on": ValidationError(_("The last day lies before the first."), code="date_order")}
    if closure.ends_on - closure.begins_on > LONGEST:
        message = _("A closure lasts two years at most; after that the facility is given up.")
        return {"ends_on": ValidationError(message, code="date_range")}
    return {}
