"""Days on duty: logged by the steward or his firm, changed until the station has confirmed them."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import Answer, NotPermitted, require
from culture_admin.accounts.roles import Office, Role
from culture_admin.territory.models import Division, Level
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.days import in_the_future
from culture_admin.workflow.locking import closed_to_change, lock
from stations.actions.places import Places
from stewards.actions.posting_rules import refuse_faults
from stewards.models import Absence, DutyDay, Posting, Steward

POWER = "stewards.duty"
CHANGEABLE = ("day", "halves", "where", "village", "arrived", "left", "latitude", "longitude", "tasks")
# Who logs a day later than this is late; the day counts all the same once the station confirms it.
LATE_AFTER = timedelta(days=7)
WHOLE_DAY = 2
# A clock may be wrong by any amount, but PostgreSQL keeps instants that Python cannot read back.
EARLIEST_CLOCK, LATEST_CLOCK = date(1970, 1, 1), date(2199, 12, 31)
D = DutyDay.State


def log_duty(
    *,
    actor,
    posting: Posting,
    day: date,
    halves: int = WHOLE_DAY,
    where: str = DutyDay.Where.STATION,
    village: Division | None = None,
    arrived: time | None = None,
    left: time | None = None,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    tasks: str = "",
    client_uuid: uuid.UUID | None = None,
    device_at: datetime | None = None,
    at: datetime | None = None,
) -> DutyDay:
    """Logs that the steward was there on a day; it waits for the station. Where the phone was is never asked for.

    The same `client_uuid` again gives back the day that is there. Raises ValidationError by field, PermissionDenied.
    """
    at = at or timezone.now()
    office = own_office(actor, posting)
    with acting(actor):
        _claim(posting)
        known = _known(actor, client_uuid)
        if known:
            return known
        duty = DutyDay(
            client_uuid=client_uuid or uuid.uuid4(),
            posting=posting,
            steward=posting.steward,
            firm_id=posting.firm_id,
            station=posting.station,
            day=day,
            halves=halves,
            where=where,
            village=village,
            arrived=arrived,
            left=left,
            latitude=latitude,
            longitude=longitude,
            tasks=tasks,
            device_at=device_at,
            recorded_at=at,
            recorded_by=actor,
        )
        _settle(duty, at)
        duty.save(force_insert=True)
        record_entry(duty, step="log", office=office, actor=actor, at=at)
    return duty


def change_duty(*, actor, dutyday: DutyDay, at: datetime | None = None, seen: int | None = None, **changes) -> DutyDay:
    """Changes a day on duty that the station has not confirmed. Raises ValidationError, PermissionDenied, StepRefused."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    at = at or timezone.now()
    with acting(actor):
        _claim(dutyday.posting)
        rows = DutyDay.objects.visible_to(actor)
        row = lock(
            rows.select_related("posting__steward", "station__division", "station__unit", "village"), dutyday, seen
        )
        office = own_office(actor, row.posting)
        if row.state not in (D.LOGGED, D.RETURNED):
            raise closed_to_change(row)
        for name, value in changes.items():
            setattr(row, name, value)
        if "where" in changes and row.where != DutyDay.Where.VILLAGE and "village" not in changes:
            row.village = None
        _settle(row, at)
        row.version += 1
        row.save()
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
    return row


def own_office(actor, posting: Posting) -> Office | None:
    """The office in which the actor speaks for the steward of a posting: he himself, or his firm. Raises PermissionDenied."""
    if actor is None:
        return None
    office, _verb = require(
        actor.offices, POWER, ("propose",), path=posting.station.division.path, unit_id=posting.firm_id
    )
    if not may_speak(actor, posting):
        text = _("These are the days of %(person)s; each logs his own, or his firm does.") % {"person": posting.steward}
        raise NotPermitted(Answer(False, "other_person", text))
    return office


def may_speak(actor, row: Posting | DutyDay | Absence) -> bool:
    """Whether the actor is the steward himself, or manages his firm."""
    roles = {office.role for office in actor.offices if office.unit_id == row.firm_id}
    return Role.FIRM_MANAGER in roles or row.steward.user_id == actor.pk


def refuse_outside(posting: Posting, day: date, field: str = "day") -> None:
    """Raises ValidationError for a day on which the posting does not hold."""
    if not posting.covers(day):
        message = _("The posting does not hold on %(day)s.") % {"day": day}
        raise ValidationError({field: ValidationError(message, code="outside_posting")})


def _claim(posting: Posting) -> None:
    """Nobody else enters days of the steward meanwhile."""
    Steward.objects.select_for_update(of=("self",)).get(pk=posting.steward_id)


def _known(actor, client_uuid: uuid.UUID | None) -> DutyDay | None:
    if client_uuid is None:
        return None
    rows = DutyDay.objects.all() if actor is None else DutyDay.objects.visible_to(actor)
    return rows.filter(client_uuid=client_uuid).first()


def _settle(duty: DutyDay, at: datetime) -> None:
    """Fills where it lies and whether it is late, and checks the row against the posting, the calendar and other days."""
    today = timezone.localdate(at)
    if fault := in_the_future(duty.day, today):
        raise ValidationError({"day": fault})
    refuse_outside(duty.posting, duty.day)
    if duty._state.adding or not duty.late:
        duty.late = timezone.localdate(duty.recorded_at) - duty.day > LATE_AFTER
    ground = Places().at_work(duty.posting.station, duty.day)
    duty.division_id, duty.county_id = ground.division_id, ground.county_id
    duty.tasks = duty.tasks.strip()
    faults: dict[str, ValidationError] = {}
    village = duty.village
    if village:
        duty.where = DutyDay.Where.VILLAGE
        if village.level != Level.VILLAGE or not village.path.startswith(duty.posting.station.division.path):
            message = _("%(village)s does not lie in this town.") % {"village": village}
            faults["village"] = ValidationError(message, code="village_elsewhere")
    if duty.device_at and not EARLIEST_CLOCK <= duty.device_at.date() <= LATEST_CLOCK:
        message = _("A date from %(earliest)s to %(latest)s is expected.")
        values = {"earliest": EARLIEST_CLOCK, "latest": LATEST_CLOCK}
        faults["device_at"] = ValidationError(message % values, code="date_range")
    refuse_faults(faults)
    _refuse_absent(duty)
    duty.full_clean()
    _refuse_more_than_a_day(duty)


def _refuse_absent(duty: DutyDay) -> None:
    away = Absence.objects.filter(
        posting=duty.posting,
        first__lte=duty.day,
        last__gte=duty.day,
        state__in=[Absence.State.APPROVED, Absence.State.NOTED],
    ).first()
    if away:
        message = _("He was absent on that day: %(state)s, %(first)s to %(last)s.")
        values = {"state": away.get_state_display(), "first": away.first, "last": away.last}
        raise ValidationError({"day": ValidationError(message % values, code="absent_then")})


def _refuse_more_than_a_day(duty: DutyDay) -> None:
    """However many postings a steward has, his day has two halves."""
    same_day = DutyDay.objects.filter(steward=duty.steward_id, day=duty.day).exclude(pk=duty.pk).exclude(state=D.VOID)
    halves = sum(same_day.values_list("halves", flat=True))
    if halves + duty.halves > WHOLE_DAY:
        message = _("With what is logged at his other posting on %(day)s this would be more than a day.")
        raise ValidationError({"halves": ValidationError(message % {"day": duty.day}, code="more_than_a_day")})
