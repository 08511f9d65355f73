"""The verbs of targets: set one, change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.statistics.models import Target
from culture_admin.statistics.questions import GRAINS, pose
from culture_admin.statistics.register import STATION
from culture_admin.territory.models import Division, Level, Unit
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.locking import closed_to_change, lock

POWER = "targets"
WRITERS = ("decide", "propose")


def set_target(
    *,
    actor,
    place: Division | None = None,
    station: Unit | None = None,
    metric: str,
    year: int,
    number: Decimal,
    source: str,
    where: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> Target:
    """Sets what a metric is to reach in a year, in a division, or at a station, which lies in its own.

    Raises Problem (400 with the nearest names for an unknown metric), ValidationError by field, PermissionDenied.
    """
    at = at or timezone.now()
    place = place or (station.division if station else None)
    if place is None:
        raise ValidationError({"place": ValidationError(_("Say for which division or station."), code="required")})
    if station and (station.kind != Unit.Kind.STATION or not station.division.path.startswith(place.path)):
        message = _("This is no station of %(place)s.") % {"place": place}
        raise ValidationError({"station": ValidationError(message, code="station_elsewhere")})
    place = station.division if station else place
    office, _verb = require(actor.offices, POWER, WRITERS, path=place.path)
    narrowed = {name: ",".join(sorted(set(value.split(",")))) for name, value in (where or {}).items()}
    _check(metric, narrowed, place, station)
    target = Target(
        place=place, station=station, metric=metric, year=year, number=number, where=narrowed, source=source,
        set_by=actor,
    )  # fmt: skip
    with acting(actor):
        target.full_clean()
        target.save()
        record_entry(target, step="set", office=office, actor=actor, at=at)
    return target


def change_target(
    *,
    actor,
    target: Target,
    number: Decimal | None = None,
    source: str | None = None,
    seen: int | None = None,
    at: datetime | None = None,
) -> Target:
    """Changes the number of a target, or the document it stands in.

    Raises ValidationError by field, StepRefused (`stale`, `illegal_transition`), PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row = lock(Target.objects.visible_to(actor).select_related("place", "station"), target, seen)
        office, _verb = require(actor.offices, POWER, WRITERS, path=row.place.path)
        if row.state != Target.State.SET:
            raise closed_to_change(row)
        row.number = row.number if number is None else number
        row.source = row.source if source is None else source
        row.version += 1
        row.full_clean()
        row.save()
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
    return row


def _check(metric: str, where: Mapping[str, str], place: Division, station: Unit | None) -> None:
    """Refuses what could never be read, with its place in the target."""
    for name in where:
        if name in (*GRAINS, "division"):
            message = _("The target says its place and its year itself; leave this out.")
            raise Problem(400, "unknown_field", faults=[Fault("unknown_field", message, pointer=f"/where/{name}")])
    narrowed: dict[str, list[str]] = {name: value.split(",") for name, value in where.items()}
    if station:
        narrowed[STATION] = [str(station.pk)]
    by = [] if station or place.level != Level.VILLAGE else [f"division:{place.level}"]
    try:
        pose(metric, by=by, where=narrowed)
    except Problem as problem:
        problem.faults = tuple(
            replace(fault, parameter=None, pointer=_pointer(fault.parameter or "", station)) for fault in problem.faults
        )
        raise


def _pointer(parameter: str, station: Unit | None) -> str:
    if parameter == STATION and station:
        return "/station"
    return {"metric": "/metric", "by": "/place"}.get(parameter, f"/where/{parameter}")
