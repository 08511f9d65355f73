"""Plan a meeting, write its minutes, note who came, agree what is to be done afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.territory.models import Division, Unit
from culture_admin.workflow.actions import owe_each, record_entry, settle
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.models import DUTIES, Duty
from stations.actions.gatherings import WHEN_AND_WHERE, change_gathering, county_and_office, enter_gathering
from stations.actions.places import Places
from stations.models import FollowUp, Meeting, MeetingPresence, Station

POWER, FOLLOW_UPS = "stations.meetings", "stations.follow_ups"
DUTY = "stations.follow_up"
CHANGEABLE = (*WHEN_AND_WHERE, "agenda", "minutes", "host")
# Nobody agrees in a meeting what is to be done in some years.
LONGEST_WAY = timedelta(days=366)


def plan_meeting(
    *,
    actor,
    kind: str,
    title: str,
    begins_on: date,
    county: Division | None = None,
    host: Station | None = None,
    ends_on: date | None = None,
    begins_time: time | None = None,
    ends_time: time | None = None,
    place: str = "",
    document_no: str = "",
    agenda: str = "",
    minutes: str = "",
    at: datetime | None = None,
) -> Meeting:
    """A meeting of the station heads of a county, on-site with its host. Raises ValidationError, PermissionDenied."""
    at = at or timezone.now()
    county, office = county_and_office(actor, POWER, county or (host.county if host else None))
    meeting = Meeting(
        county=county,
        kind=kind,
        host=host,
        title=title,
        begins_on=begins_on,
        ends_on=ends_on or begins_on,
        begins_time=begins_time,
        ends_time=ends_time,
        place=place,
        document_no=document_no,
        agenda=agenda,
        minutes=minutes,
    )
    _settle_host(meeting)
    return enter_gathering(meeting, office=office, actor=actor, at=at)


def change_meeting(
    *, actor, meeting: Meeting, at: datetime | None = None, seen: int | None = None, **changes
) -> Meeting:
    """Changes a meeting that stands; its kind stays. Raises ValidationError, PermissionDenied, StepRefused."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    if "host" in changes:
        changed = Meeting(county=meeting.county, kind=meeting.kind, host=changes["host"])
        changed.begins_on = changes.get("begins_on", meeting.begins_on)
        _settle_host(changed)
        changes["division_id"] = changed.division_id
    return change_gathering(meeting, changes, power=POWER, actor=actor, at=at or timezone.now(), seen=seen)


def note_presence(
    *,
    actor,
    meeting: Meeting,
    presences: Sequence[Mapping[str, Any]],
    at: datetime | None = None,
    seen: int | None = None,
) -> list[MeetingPresence]:
    """Notes which stations came: for each its `station`, a `status`, and who came as `person`. Said again, it is put right.

    Raises ValidationError, PermissionDenied, StepRefused.
    """
    at = at or timezone.now()
    with acting(actor):
        row = lock(Meeting.objects.visible_to(actor).select_related("county"), meeting, seen)
        office, _verb = require(actor.offices, POWER, ("decide",), path=row.county.path)
        if row.state in Meeting.SETTLED:
            raise closed_to_change(row)
        if row.begins_on > timezone.localdate(at):
            message = _("The meeting is only on %(day)s.") % {"day": row.begins_on}
            raise ValidationError({"presences": ValidationError(message, code="in_the_future")})
        _refuse_strangers(row, presences)
        there = {presence.station_id: presence for presence in row.presences.all()}
        for entry in presences:
            station: Station = entry["station"]
            presence = there.setdefault(station.pk, MeetingPresence(meeting=row, station=station))
            presence.status, presence.person = entry["status"], entry.get("person") or ""
            presence.full_clean(exclude=["meeting", "station"], validate_unique=False, validate_constraints=False)
        new = [presence for presence in there.values() if presence.pk is None]
        MeetingPresence.objects.bulk_update(
            [presence for presence in there.values() if presence.pk], ["status", "person"]
        )
        MeetingPresence.objects.bulk_create(new)
        Meeting.objects.filter(pk=row.pk).update(version=row.version + 1)
        row.version += 1
        record_entry(row, step="presence", office=office, actor=actor, at=at, from_state=row.state)
    return sorted(there.values(), key=lambda presence: presence.pk)


def agree_follow_up(
    *, actor, meeting: Meeting, unit: Unit, task: str, due_on: date, at: datetime | None = None
) -> FollowUp:
    """What a unit is to do after a meeting; it owes that from now on. Raises ValidationError, PermissionDenied."""
    at = at or timezone.now()
    require(actor.offices, FOLLOW_UPS, ("decide",), path=meeting.county.path)
    if meeting.state in Meeting.OVER:
        raise closed_to_change(meeting)
    if not unit.division.path.startswith(meeting.county.path) or unit.kind in (Unit.Kind.FIRM,):
        message = _("%(unit)s is no unit of this county.") % {"unit": unit}
        raise ValidationError({"unit": ValidationError(message, code="unit_elsewhere")})
    if not meeting.begins_on <= due_on <= meeting.begins_on + LONGEST_WAY:
        message = _("A day within a year after the meeting of %(day)s is expected.") % {"day": meeting.begins_on}
        raise ValidationError({"due_on": ValidationError(message, code="date_range")})
    office, _verb = require(actor.offices, FOLLOW_UPS, ("decide",), path=unit.division.path)
    with acting(actor):
        follow_up = FollowUp(meeting=meeting, unit=unit, task=task, due_on=due_on)
        follow_up.full_clean()
        follow_up.save(force_insert=True)
        record_entry(follow_up, step="open", office=office, actor=actor, at=at)
        owe_follow_ups([follow_up], at)
    return follow_up


def owe_follow_ups(follow_ups: Sequence[FollowUp], at: datetime) -> None:
    """The responsible unit owes what was agreed, or owes it again once the bureau has returned it."""
    for one in follow_ups:
        owe_each(
            [(one.unit_id, one)],
            code=DUTY,
            label=one.task,
            basis=str(BASIS),
            opened_on=timezone.localdate(at),
            due_on=one.due_on,
        )


def settle_follow_ups(follow_ups: Sequence[FollowUp], at: datetime) -> None:
    settle(follow_ups, DUTY, at=at)


def _settle_host(meeting: Meeting) -> None:
    """Where a meeting lies for the numbers: in the town of its host, else in the county."""
    host = meeting.host
    if host is None:
        meeting.division_id = meeting.county_id
        return
    if host.county_id != meeting.county_id:
        message = _("%(station)s lies in another county.") % {"station": host}
        raise ValidationError({"host": ValidationError(message, code="station_elsewhere")})
    meeting.division_id = Places().on(host, meeting.begins_on).division_id


def _refuse_strangers(meeting: Meeting, presences: Sequence[Mapping[str, Any]]) -> None:
    stations = [entry["station"] for entry in presences]
    strange = next((station for station in stations if station.county_id != meeting.county_id), None)
    if strange:
        message = _("%(station)s lies in another county.") % {"station": strange}
        raise ValidationError({"presences": ValidationError(message, code="station_elsewhere")})
    if len({station.pk for station in stations}) < len(stations):
        message = _("A station is named twice.")
        raise ValidationError({"presences": ValidationError(message, code="station_twice")})


BASIS = gettext_lazy("Agreed at a meeting of station heads")
DUTIES[DUTY] = Duty(
    label=lambda follow_up: follow_up.task, basis=BASIS, name=gettext_lazy("Follow-up of a meeting"), power=FOLLOW_UPS
)
