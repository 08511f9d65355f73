"""Open a course, change and close it, and log one of its sessions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.actions.logging import log_activity
from activities.actions.months import note_change, note_records
from activities.actions.place import covers, entering_office, posting_for
from activities.models import Activity, Course, Genre, Kind
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import Office
from culture_admin.workflow.actions import perform, record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from stations.actions.places import Places
from stations.models import Station
from stewards.models import Posting

CHANGEABLE = (
    "title", "genre", "begins_on", "ends_on", "sessions_planned", "class_seconds", "capacity", "room", "teacher", "note",
    "completed",
)  # fmt: skip
POWER = "activities"


def open_course(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    title: str,
    begins_on: date,
    ends_on: date | None = None,
    genre: Genre | None = None,
    sessions_planned: int | None = None,
    class_seconds: int | None = None,
    capacity: int | None = None,
    room: str = "",
    teacher: str = "",
    note: str = "",
    posting: Posting | None = None,
) -> Course:
    """Opens a course, which may begin later; what others than the station open waits for it.

    `class_seconds` is the class time of one session. Raises ValidationError by field, PermissionDenied.
    """
    at = at or timezone.now()
    posting = posting_for(actor, station, begins_on, posting)
    office, confirmed = entering_office(actor, station, POWER, posting.firm_id if posting else None)
    ground = Places().at_work(station, begins_on)
    course = Course(
        station=station,
        division_id=ground.division_id,
        county_id=ground.county_id,
        title=title,
        genre=genre,
        begins_on=begins_on,
        ends_on=ends_on,
        sessions_planned=sessions_planned,
        class_seconds=class_seconds,
        capacity=capacity,
        room=room,
        teacher=teacher,
        note=note,
        posting=posting,
        steward_id=posting.steward_id if posting else None,
        firm_id=posting.firm_id if posting else None,
        state=Course.State.OPEN if confirmed else Course.State.PROPOSED,
    )
    with acting(actor):
        course.full_clean()
        course.save(force_insert=True)
        record_entry(course, step="register", office=office, actor=actor, at=at)
        note_records([course], actor=actor, at=at, act=_("Course opened: %(title)s") % {"title": title})
    return course


def change_course(*, actor, course: Course, at: datetime | None = None, seen: int | None = None, **changes) -> Course:
    """Changes a course that is open or waits for the station. `seen` is the version the actor looked at.

    Raises ValidationError, PermissionDenied, StepRefused (`stale`, `illegal_transition`).
    """
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    with acting(actor):
        row = lock(Course.objects.visible_to(actor).select_related("station__division"), course, seen)
        office, former_day, at = changing_office(actor, row), row.begins_on, at or timezone.now()
        for name, value in changes.items():
            setattr(row, name, value)
        if "begins_on" in changes:
            row.division_id, row.county_id = Places().on(row.station, row.begins_on)
        _refuse_more_than_learners(row)
        if {"begins_on", "ends_on"} & set(changes):
            _refuse_without_its_sessions(row)
        row.version += 1
        row.full_clean()
        row.save()
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
        if row.begins_on != former_day:
            act = _("Course moved: %(title)s") % {"title": row.title}
            note_change([(row.station_id, day) for day in (former_day, row.begins_on)], actor=actor, at=at, act=act)
    return row


def close_course(
    *, actor, course: Course, completed: int, at: datetime | None = None, seen: int | None = None
) -> Course:
    """Closes a course with the number of learners who finished it, 0 if nobody did."""
    with acting(actor):
        course = change_course(actor=actor, course=course, at=at, seen=seen, completed=completed)
        perform(course, "close", actor=actor, at=at)
    return course


def log_session(
    *,
    actor,
    course: Course,
    begins_on: date,
    at: datetime | None = None,
    title: str = "",
    kind: Kind | None = None,
    class_seconds: int | None = None,
    posting: Posting | None = None,
    **entries: Any,
) -> Activity:
    """Logs a session: what is not said is the course's own title, genre, steward, room and class time.

    `present` are the learners who came, from which the attendance follows; without a roster say `attendance`.
    Takes what `log_activity` takes and raises what it raises.
    """
    if posting is None and course.posting and covers(course.posting, begins_on):
        posting = course.posting
    return log_activity(
        actor=actor,
        at=at,
        station=course.station,
        course=course,
        title=title or course.title,
        kind=kind or Kind.objects.filter(is_session=True).first(),
        begins_on=begins_on,
        class_seconds=course.class_seconds if class_seconds is None else class_seconds,
        posting=posting,
        **{"genre": course.genre, "venue": course.room, **entries},
    )


def changing_office(actor, course: Course) -> Office:
    """The office in which the actor may change the course; raises StepRefused for its state, PermissionDenied else."""
    if course.state not in Course.LIVING:
        raise closed_to_change(course)
    verbs = ("decide",) if course.state == Course.State.OPEN else ("decide", "propose")
    office, _verb = require(actor.offices, POWER, verbs, path=course.station.division.path, unit_id=course.firm_id)
    return office


def _refuse_without_its_sessions(course: Course) -> None:
    """The days of a course hold all its sessions, also those still ahead."""
    fallen_out = (Activity.State.VOID, Activity.State.CANCELLED)
    sessions = Activity.objects.filter(course=course).exclude(state__in=fallen_out).order_by("begins_on")
    message = _("There is a session on %(day)s: “%(title)s”.")
    outside = {"begins_on": sessions.filter(begins_on__lt=course.begins_on).first()}
    outside["ends_on"] = sessions.filter(begins_on__gt=course.ends_on).last() if course.ends_on else None
    faults = {
        name: ValidationError(message, code="session_outside", params={"day": row.begins_on, "title": row.title})
        for name, row in outside.items()
        if row
    }
    if faults:
        raise ValidationError(faults)


def _refuse_more_than_learners(course: Course) -> None:
    """No more finish a course than ever stood on its roster, where it has one."""
    learners = course.learners.count() if course.completed else 0
    if learners and course.completed > learners:
        message = _("%(completed)d are more than the %(learners)d learners on the roster.")
        params = {"completed": course.completed, "learners": learners}
        raise ValidationError({"completed": ValidationError(message, code="more_than_learners", params=params)})
