"""Plan visit days, log one, change it: by the professional himself; the station confirms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import Answer, NotPermitted, require
from culture_admin.accounts.roles import Office
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.days import in_the_future
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.steps import record_of
from stations.actions.places import Places
from stations.models import Pairing, PairingVisit
from stations.models.pairings import validate_ids

POWER = "stations.visits"
CHANGEABLE = ("on", "part", "tasks", "summary", "activities")
# A plan is made for a year and the next.
AHEAD = timedelta(days=2 * 366)
MOST_DAYS = 100
V = PairingVisit.State


def log_visit(
    *,
    actor,
    pairing: Pairing,
    on: date,
    part: str = PairingVisit.Part.WHOLE,
    tasks: Sequence[str] = (),
    summary: str = "",
    activities: Sequence[int] = (),
    at: datetime | None = None,
) -> PairingVisit:
    """Logs a day spent at the station of a pairing; it waits for the station. A day that was planned is logged in its plan.

    activities: ids of activities it belongs to, which the actor sees. Raises ValidationError, PermissionDenied.
    """
    at = at or timezone.now()
    office = own_office(actor, pairing)
    with acting(actor):
        planned = pairing.visits.filter(on=on, state=V.PLANNED).select_for_update().first()
        visit = planned or PairingVisit(
            pairing=pairing, backbone_id=pairing.backbone_id, station_id=pairing.station_id, recorded_by=actor
        )
        before = visit.state
        for name, value in {"on": on, "part": part, "summary": summary}.items():
            setattr(visit, name, value)
        visit.tasks, visit.activities, visit.state = list(tasks), list(activities), V.LOGGED
        _settle(visit, actor, at)
        if planned:
            visit.version += 1
        visit.full_clean()
        visit.save()
        record_entry(visit, step="log", office=office, actor=actor, at=at, from_state=before)
    return visit


def plan_visits(*, actor, pairing: Pairing, days: Sequence[date], at: datetime | None = None) -> list[PairingVisit]:
    """Enters days on which the professional means to come. Raises ValidationError at `days`, PermissionDenied."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    office = own_office(actor, pairing)
    if not days or len(days) > MOST_DAYS:
        message = _("From 1 to %(most)d days at a time.") % {"most": MOST_DAYS}
        raise ValidationError({"days": ValidationError(message, code="number_of_days")})
    planned = []
    with acting(actor):
        for day in sorted(set(days)):
            if not today <= day <= today + AHEAD:
                message = _("%(day)s is not to come; a plan is for the days from today on.") % {"day": day}
                raise ValidationError({"days": ValidationError(message, code="date_range")})
            visit = PairingVisit(
                pairing=pairing,
                backbone_id=pairing.backbone_id,
                station_id=pairing.station_id,
                on=day,
                recorded_by=actor,
                state=V.PLANNED,
            )
            try:
                _settle(visit, actor, at)
                visit.full_clean()
            except ValidationError as refused:
                message = f"{day}: {' '.join(refused.messages)}"
                raise ValidationError({"days": ValidationError(message, code="day_refused")}) from refused
            visit.save(force_insert=True)
            record_entry(visit, step="plan", office=office, actor=actor, at=at)
            planned.append(visit)
    return planned


def change_visit(
    *, actor, pairingvisit: PairingVisit, at: datetime | None = None, seen: int | None = None, **changes
) -> PairingVisit:
    """Changes a visit day that the station has not confirmed. Raises ValidationError, PermissionDenied, StepRefused."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    at = at or timezone.now()
    with acting(actor):
        rows = PairingVisit.objects.visible_to(actor).select_related("pairing__station__division", "pairing__backbone")
        row = lock(rows, pairingvisit, seen)
        office = own_office(actor, row.pairing)
        if row.state in (V.CONFIRMED, V.VOID):
            raise closed_to_change(row)
        for name, value in changes.items():
            setattr(row, name, value)
        _settle(row, actor, at)
        row.version += 1
        row.full_clean()
        row.save()
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
    return row


def own_office(actor, pairing: Pairing) -> Office:
    """The office in which the actor logs his own days at the station of the pairing. Raises PermissionDenied."""
    office, _verb = require(actor.offices, POWER, ("propose",), path=pairing.station.division.path)
    if not is_own(actor, pairing):
        text = _("These are the days of %(person)s; each logs his own.") % {"person": pairing.backbone}
        raise NotPermitted(Answer(False, "other_person", text))
    return office


def is_own(actor, row: Pairing | PairingVisit) -> bool:
    """Whether the pairing or the visit is the actor's own."""
    return row.backbone.user_id is not None and row.backbone.user_id == actor.pk


def _settle(visit: PairingVisit, actor, at: datetime) -> None:
    """Fills where it lies, and refuses a day outside the pairing, one that has not come, and records nobody sees."""
    today = timezone.localdate(at)
    if visit.state != V.PLANNED and (fault := in_the_future(visit.on, today)):
        raise ValidationError({"on": fault})
    if not visit.pairing.holds(visit.on):
        message = _("The pairing does not hold on %(day)s.") % {"day": visit.on}
        raise ValidationError({"on": ValidationError(message, code="outside_pairing")})
    if visit.state != V.PLANNED and not (visit.tasks or visit.summary):
        message = _("Say what was done: tick a task, or write it.")
        raise ValidationError({"tasks": ValidationError(message, code="required")})
    ground = Places().on(visit.pairing.station, visit.on)
    visit.division_id, visit.county_id = ground.division_id, ground.county_id
    validate_ids(visit.activities)
    for key in visit.activities:
        record = record_of(actor, "activity", pk=key)
        if record is None or record.station_id != visit.station_id:
            message = _("There is no activity %(id)s of this station.") % {"id": key}
            raise ValidationError({"activities": ValidationError(message, code="does_not_exist")})
