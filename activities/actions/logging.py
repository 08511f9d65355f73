"""Log an activity, and change one that is logged."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Unpack

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.actions.bookings import book_for
from activities.actions.clashes import refuse_clashes
from activities.actions.deliveries import deliver
from activities.actions.entering import ENTERED, GIVEN_ONCE, LogEntry, enter, refuse, settle
from activities.actions.locking import once_per_client_id
from activities.actions.months import note_change, note_records
from activities.actions.permits import owe_permit, police_changed
from activities.actions.place import posting_for, team_faults
from activities.actions.roster import count_by_roster, keep_count, note_presence
from activities.actions.villages import follow_venue
from activities.models import Activity, Learner
from activities.models.bounds import LATE_AFTER
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import Office
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.bulk import insert_row
from culture_admin.workflow.locking import closed_to_change, lock

# What may be changed on a logged activity; everything else follows from these or belongs to the flow.
CHANGEABLE = tuple(name for name in ENTERED if name not in GIVEN_ONCE)
# A change of these moves a plan, or asks for another room or more people: what stands against it is looked for anew.
MOVING = {"begins_on", "begins_time", "ends_on", "ends_time", "venue", "facility", "posting", "team", "expected"}
OPEN_STATES = (*Activity.AHEAD, Activity.State.LOGGED, Activity.State.RETURNED, Activity.State.CONFIRMED)


@once_per_client_id
def log_activity(
    *, actor, at: datetime | None = None, present: Collection[Learner] | None = None, **said: Unpack[LogEntry]
) -> Activity:
    """Logs what happened. A member of the station confirms it by the same act; anybody else's log waits for the station.

    The same `client_uuid` again gives back the row that is there. At a session of a course the attendance follows from the
    learners `present`, where they are given. A log long after the day is marked late and says why. With a room and hours it
    books the room. Raises ValidationError by field, PermissionDenied with the matrix's sentence, StepRefused (`room_taken`).
    """
    at = at or timezone.now()
    activity, office = enter(actor=actor, at=at, planned=False, said=said)
    if present is not None:
        count_by_roster(activity, present, said.get("attendance"))
    mark_late(activity, at)
    with acting(actor):
        insert_row(activity)
        activity.is_new()
        if present is not None:
            note_presence(activity, present)
        book_for([activity], actor, at)
        record_entry(activity, step="log", office=office, actor=actor, at=at)
        if activity.state == Activity.State.CONFIRMED:
            act = str(_("Logged: %(title)s")) % {"title": activity.title}
            note_records([activity], actor=actor, at=at, act=act)
            deliver([activity], at=at)
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
    The village follows another venue, unless it is said.
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
        former_posting = row.posting_id
        said = changes.get("attendance")
        if present is None:
            keep_count(row, changes)
        follow_venue(row, changes)
        for name, value in changes.items():
            setattr(row, name, value)
        if row.posting and {"posting", "begins_on"} & set(changes):
            posting_for(actor, row.station, row.begins_on, row.posting)
        if changes.get("team"):
            refuse(team_faults(changes["team"].kept, row.begins_on))
        settle(row, at)
        if present is not None:
            count_by_roster(row, present, said)
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
            deliver([row], at=at, formerly=[former_posting])
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
