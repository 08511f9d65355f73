"""Log an activity, and change one that is logged."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.actions.bookings import book_for, shut_faults
from activities.actions.clashes import refuse_clashes
from activities.actions.locking import once_per_client_id
from activities.actions.months import note_change, note_records
from activities.actions.permits import owe_permit, police_changed
from activities.actions.place import entering_office, future_faults, plan_faults, posting_for, team_faults
from activities.actions.roster import count_by_roster, course_faults, keep_count, note_presence, refuse_closed
from activities.models import Activity, Course, Genre, Kind, Learner, Team
from activities.models.bounds import LATE_AFTER
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import Office
from culture_admin.territory.models import Division, Level
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from stations.actions.places import Places
from stations.models import Facility, Station
from stewards.models import Posting

# What may be changed on a logged activity; everything else follows from these or belongs to the flow.
CHANGEABLE = (
    "title", "kind", "genre", "village", "venue", "begins_on", "begins_time", "ends_on", "ends_time", "attendance",
    "online_attendance", "estimated", "class_seconds", "posting", "team", "note", "content", "effect", "expected", "facility",
    "late_reason",
)  # fmt: skip
# A change of these moves a plan, or asks for another room or more people: what stands against it is looked for anew.
MOVING = {"begins_on", "begins_time", "ends_on", "ends_time", "venue", "facility", "posting", "team", "expected"}
# A clock may be wrong by any amount, but PostgreSQL keeps instants that Python cannot read back.
EARLIEST_CLOCK, LATEST_CLOCK = date(1970, 1, 1), date(2199, 12, 31)
OPEN_STATES = (*Activity.AHEAD, Activity.State.LOGGED, Activity.State.RETURNED, Activity.State.CONFIRMED)


@once_per_client_id
def log_activity(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    title: str,
    kind: Kind,
    begins_on: date,
    ends_on: date | None = None,
    begins_time: time | None = None,
    ends_time: time | None = None,
    genre: Genre | None = None,
    village: Division | None = None,
    venue: str = "",
    attendance: int | None = None,
    online_attendance: int | None = None,
    estimated: bool = False,
    class_seconds: int | None = None,
    posting: Posting | None = None,
    team: Team | None = None,
    note: str = "",
    content: str = "",
    effect: str = "",
    expected: int | None = None,
    facility: Facility | None = None,
    late_reason: str = "",
    course: Course | None = None,
    present: Collection[Learner] | None = None,
    client_uuid: uuid.UUID | None = None,
    device_at: datetime | None = None,
) -> Activity:
    """Logs what happened. A member of the station confirms it by the same act; anybody else's log waits for the station.

    The same `client_uuid` again gives back the row that is there. Heads are people, `class_seconds` seconds of class.
    At a session of a course the attendance follows from the learners `present`, where they are given.
    A log long after the day is marked late and says why. With a room and hours it books the room.
    Raises ValidationError by field, PermissionDenied with the matrix's sentence, StepRefused (`room_taken`).
    """
    at = at or timezone.now()
    posting = posting_for(actor, station, begins_on, posting)
    office, confirmed = entering_office(actor, station, "activities", posting.firm_id if posting else None)
    activity = Activity(
        station=station,
        title=title,
        kind=kind,
        genre=genre,
        village=village,
        venue=venue,
        begins_on=begins_on,
        ends_on=ends_on or begins_on,
        begins_time=begins_time,
        ends_time=ends_time,
        attendance=attendance,
        online_attendance=online_attendance,
        estimated=estimated,
        class_seconds=class_seconds,
        posting=posting,
        team=team,
        note=note,
        content=content,
        effect=effect,
        expected=expected,
        facility=facility,
        late_reason=late_reason,
        course=course,
        client_uuid=client_uuid or uuid.uuid4(),
        device_at=device_at,
        recorded_at=at,
        recorded_by=actor,
        state=Activity.State.CONFIRMED if confirmed else Activity.State.LOGGED,
    )
    refuse_closed(course)
    if present is not None:
        count_by_roster(activity, present, attendance)
    settle(activity, at)
    mark_late(activity, at)
    with acting(actor):
        activity.save(force_insert=True)
        activity.is_new()
        if present is not None:
            note_presence(activity, present)
        book_for([activity], actor, at)
        record_entry(activity, step="log", office=office, actor=actor, at=at)
        if confirmed:
            note_records([activity], actor=actor, at=at, act=str(_("Logged: %(title)s")) % {"title": activity.title})
    return activity


def change_activity(
    *,
    actor,
    activity: Activity,
    at: datetime | None = None,
    seen: int | None = None,
    comment: str = "",
    override_reason: str = "",
    present: Collection[Learner] | None = None,
    **changes,
) -> Activity:
    """Changes a plan or a logged activity, on the record: before and after stay in its history.

    What is confirmed only the station changes, by which act it stays confirmed. `seen` is the version the actor looked at.
    What stands against a moved plan is answered `clash` at first; it is moved all the same for a reason.
    Raises ValidationError, PermissionDenied, StepRefused (`stale`, `illegal_transition`, `room_taken`, `clash`).
    """
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    at = at or timezone.now()
    with acting(actor):
        rows = Activity.objects.visible_to(actor)
        row = lock(rows.select_related("station__division", "station__unit", "kind", "facility"), activity, seen)
        office, former_day, expected = changing_office(actor, row), row.begins_on, row.expected
        if present is None:
            keep_count(row, changes)
        else:
            count_by_roster(row, present, changes.pop("attendance", None))
        for name, value in changes.items():
            setattr(row, name, value)
        if row.posting and {"posting", "begins_on"} & set(changes):
            posting_for(actor, row.station, row.begins_on, row.posting)
        if changes.get("team"):
            refuse(team_faults(changes["team"].kept, row.begins_on))
        settle(row, at)
        if row.state not in Activity.AHEAD and {"begins_on", "ends_on"} & set(changes):
            mark_late(row, row.recorded_at)
        elif row.state in Activity.AHEAD and MOVING & set(changes):
            refuse_clashes([row], override_reason)
        row.version += 1
        row.save()
        if present is not None:
            note_presence(row, present)
        book_for([row], actor, at)
        owe_permit(row, at, changed=set(changes) | police_changed(expected, row.expected))
        said = " ".join(filter(None, [comment, override_reason]))
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state, comment=said)
        if row.state == Activity.State.CONFIRMED:
            act = str(_("Corrected: %(title)s")) % {"title": row.title}
            note_change([(row.station_id, day) for day in (former_day, row.begins_on)], actor=actor, at=at, act=act)
    return row


def changing_office(actor, row: Activity) -> Office:
    """The office in which the actor may change the activity; raises StepRefused for its state, PermissionDenied else."""
    if row.state not in OPEN_STATES:
        raise closed_to_change(row)
    verbs = ("decide",) if row.state == Activity.State.CONFIRMED else ("decide", "propose")
    office, _verb = require(actor.offices, "activities", verbs, path=row.station.division.path, unit_id=row.firm_id)
    return office


def mark_late(activity: Activity, at: datetime) -> None:
    """Says of a log entered at `at` whether it was late; then it needs a reason (ValidationError `late_reason_required`)."""
    was_late = activity.late
    activity.late = timezone.localdate(at) - activity.ends_on > LATE_AFTER
    if activity.late and not was_late and not activity.late_reason:
        message = _("Logged more than %(days)d days after the day: say why so late.") % {"days": LATE_AFTER.days}
        raise ValidationError({"late_reason": ValidationError(message, code="late_reason_required")})


def refuse(faults: Mapping[str, object]) -> None:
    """Raises ValidationError by field, if there is a fault."""
    if faults:
        raise ValidationError(faults)


def settle(activity: Activity, at: datetime, places: Places | None = None) -> None:
    """Fills what follows from the entries, then checks the row; for many at a station give the same `places`."""
    activity.division_id, activity.county_id = (places or Places()).on(activity.station, activity.begins_on)
    if activity.division_id == activity.station.division_id:
        # At hand already; whoever shows the row need not read it again.
        activity.division = activity.station.division
    posting = activity.posting
    activity.steward = posting.steward if posting else None
    activity.firm_id = posting.firm_id if posting else None
    activity.led_by = Activity.LedBy.STEWARD if posting else Activity.LedBy.STATION
    in_time = plan_faults if activity.state in Activity.AHEAD else future_faults
    faults = in_time(activity.begins_on, timezone.localdate(at))
    if activity.device_at and not EARLIEST_CLOCK <= activity.device_at.date() <= LATEST_CLOCK:
        faults["device_at"] = _("A date from %(earliest)s to %(latest)s is expected.") % {
            "earliest": EARLIEST_CLOCK,
            "latest": LATEST_CLOCK,
        }
    village = activity.village
    if village and not (village.level == Level.VILLAGE and village.path.startswith(activity.station.division.path)):
        faults["village"] = _("%(village)s does not lie in this town.") % {"village": village}
    if activity.team:
        # A file that was merged while the log was on its way: the team is the one that is kept.
        activity.team = activity.team.kept
        if activity.team.station_id != activity.station_id:
            faults["team"] = _("%(team)s belongs to another station.") % {"team": activity.team}
        elif activity._state.adding:
            faults |= team_faults(activity.team, activity.begins_on)
    if activity.facility:
        faults |= shut_faults(activity.facility, activity.ends_on)
        if activity.facility.station_id != activity.station_id:
            faults["facility"] = str(_("The room belongs to another station."))
    faults |= course_faults(activity)
    refuse(faults)
    # Foreign keys came in as rows the door has already narrowed to the actor's own: no query is spent on them again.
    activity.clean_fields(exclude=FOREIGN_KEYS)
    activity.clean()


FOREIGN_KEYS = [field.name for field in Activity._meta.fields if field.many_to_one or field.primary_key]
