"""Plan an activity, and log what was planned."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Unpack

from django.core.exceptions import ValidationError
from django.utils import timezone

from activities.actions.bookings import book_for
from activities.actions.clashes import refuse_clashes
from activities.actions.entering import Entry, enter, settle
from activities.actions.locking import once_per_client_id
from activities.actions.logging import mark_late
from activities.actions.permits import owe_permit
from activities.actions.place import future_faults
from activities.actions.roster import count_by_roster, note_presence, refuse_closed
from activities.models import Activity, Learner
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import ask
from culture_admin.workflow.actions import perform, record_entry
from culture_admin.workflow.locking import lock

# What is said when a plan is logged, beside the heads.
FILLED = ("attendance", "online_attendance", "estimated", "class_seconds", "content", "effect", "note", "device_at")
State = Activity.State


@once_per_client_id
def plan_activity(*, actor, at: datetime | None = None, override_reason: str = "", **said: Unpack[Entry]) -> Activity:
    """Plans an activity up to two years ahead; with a room and hours it books the room.

    The same `client_uuid` again gives back the row that is there. From a thousand expected people on a permit is owed.
    Raises ValidationError by field, PermissionDenied, StepRefused: `room_taken` naming who has the room, or `clash` with all
    that stands against it, unless a reason is given to plan it all the same.
    """
    at = at or timezone.now()
    activity, office = enter(actor=actor, at=at, planned=True, said=said)
    refuse_clashes([activity], override_reason)
    with acting(actor):
        activity.save(force_insert=True)
        book_for([activity], actor, at)
        owe_permit(activity, at)
        record_entry(activity, step="plan", office=office, actor=actor, at=at, comment=override_reason)
    return activity


def log_planned(
    *,
    actor,
    activity: Activity,
    at: datetime | None = None,
    seen: int | None = None,
    attendance: int | None = None,
    late_reason: str = "",
    comment: str = "",
    present: Collection[Learner] | None = None,
    **figures: object,
) -> Activity:
    """Logs what was planned: fills in the figures, and takes hold, log and, where the actor is of the station, confirm.

    present: the learners of a course who came; the attendance follows from them. figures: any of `FILLED`; what is left out
    stays as planned. All in one transaction. What has not happened is refused.
    Raises ValidationError by field, PermissionDenied, StepRefused (`stale`, `illegal_transition`).
    """
    unknown = set(figures) - set(FILLED)
    if unknown:
        raise TypeError(f"not said when a plan is logged: {sorted(unknown)}")
    at = at or timezone.now()
    with acting(actor):
        rows = Activity.objects.visible_to(actor)
        row = lock(rows.select_related("station__division", "station__unit", "kind", "facility"), activity, seen)
        if row.state in Activity.AHEAD and (faults := future_faults(row.begins_on, timezone.localdate(at))):
            raise ValidationError(faults)
        refuse_closed(row.course)
        if row.state != State.HELD:
            perform(row, "hold", actor=actor, at=at)
        for name, value in {"attendance": attendance, "late_reason": late_reason, **figures}.items():
            setattr(row, name, value)
        row.recorded_at, row.recorded_by = at, actor
        settle(row, at)
        if present is not None:
            count_by_roster(row, present, attendance)
        mark_late(row, at)
        row.save()
        if present is not None:
            note_presence(row, present)
        perform(row, "log", actor=actor, at=at, comment=comment)
        place = {"path": row.station.division.path, "unit_id": row.firm_id}
        if ask(actor.offices, "activities", "decide", **place):
            perform(row, "confirm", actor=actor, at=at)
    return row
