"""The roster of a course: who is on it, and who of them was at a session."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.actions.contacts import keep_phone, keep_phones, phone_of
from activities.models import Activity, Course, Learner, Presence
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import Office
from culture_admin.workflow.locking import lock

POWER = "activities.learners"
CHANGEABLE = ("name", "joined_on", "left_on", "note")
MOST_LEARNERS = 500


def add_learner(
    *,
    actor,
    course: Course,
    name: str,
    joined_on: date | None = None,
    note: str = "",
    phone: str = "",
    at: datetime | None = None,
) -> Learner:
    """Puts a name on the roster, from the first day of the course or from today if that comes first; the phone is sealed."""
    office, told, at = _require(actor, course), phone_of(phone), at or timezone.now()
    refuse_closed(course)
    learner = Learner(course=course, name=name, joined_on=joined_on or _first_day(course, at), note=note)
    with acting(actor):
        learner.full_clean()
        learner.save(force_insert=True)
        keep_phone(learner, told, office=office, actor=actor, at=at)
    return learner


def add_learners(
    *,
    actor,
    course: Course,
    names: Iterable[str],
    phones: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> list[Learner]:
    """Puts a list of names on the roster at once; those that stand there already are left as they are.

    phones: by name, as they were written. Raises ValidationError at `names` or `phone`.
    """
    office, at = _require(actor, course), at or timezone.now()
    told = {name: phone_of(phone) for name, phone in (phones or {}).items()}
    refuse_closed(course)
    with acting(actor):
        known = set(course.learners.filter(left_on__isnull=True).values_list("name", flat=True))
        new = [name for name in dict.fromkeys(names) if name not in known]
        if len(known) + len(new) > MOST_LEARNERS:
            message = _("A roster has at most %(most)d names.") % {"most": MOST_LEARNERS}
            raise ValidationError({"names": ValidationError(message, code="too_many")})
        joined_on = _first_day(course, at)
        learners = [Learner(course=course, name=name, joined_on=joined_on) for name in new]
        for learner in learners:
            learner.clean_fields(exclude=["course"])
        Learner.objects.bulk_create(learners)
        kept = {learner: phone for learner in learners if (phone := told.get(learner.name))}
        keep_phones(kept, office=office, actor=actor, at=at)
    return learners


def change_learner(
    *, actor, learner: Learner, seen: int | None = None, at: datetime | None = None, **changes
) -> Learner:
    """Corrects a name or a phone, or says from when on somebody does not come any more.

    Raises ValidationError, StepRefused (`stale`).
    """
    unknown = set(changes) - {*CHANGEABLE, "phone"}
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    tells, phone = "phone" in changes, phone_of(changes.pop("phone", None))
    with acting(actor):
        row = lock(Learner.objects.visible_to(actor).select_related("course__station__division"), learner, seen)
        office = _require(actor, row.course)
        for name, value in changes.items():
            setattr(row, name, value)
        row.version += 1
        row.full_clean()
        row.save()
        if tells:
            keep_phone(row, phone, office=office, actor=actor, at=at or timezone.now())
    return row


def roster_of(activity: Activity) -> list[tuple[Learner, bool]]:
    """The learners to be ticked at a session, each with whether he is: everybody on the roster that day, until it was kept."""
    kept = dict(activity.presences.values_list("learner_id", "present"))
    there = Learner.objects.filter(course=activity.course_id).on(activity.begins_on)
    learners = {learner.pk: learner for learner in there}
    learners |= Learner.objects.in_bulk([pk for pk in kept if pk not in learners])
    return [(learner, kept.get(pk, not kept)) for pk, learner in sorted(learners.items())]


def course_faults(activity: Activity) -> dict[str, str]:
    """What does not fit between a session and its course, by field."""
    course = activity.course
    if course is None:
        return {}
    faults = {}
    if course.station_id != activity.station_id:
        faults["course"] = _("%(course)s belongs to another station.") % {"course": course}
    if not activity.kind.is_session:
        faults["kind"] = _("A session of a course is a training session.")
    if activity.begins_on < course.begins_on or (course.ends_on and activity.begins_on > course.ends_on):
        faults.setdefault(
            "begins_on",
            _("The course runs from %(start)s to %(end)s.") % {"start": course.begins_on, "end": course.ends_on or "…"},
        )
    return faults


def refuse_closed(course: Course | None) -> None:
    """Sessions are planned and logged, and learners listed, while the course is open or still waits for the station."""
    if course and course.state not in Course.LIVING:
        message = _("The course is “%(state)s”; open it again first.")
        fault = ValidationError(message, code="course_closed", params={"state": course.get_state_display()})
        raise ValidationError({"course": fault})


def count_by_roster(activity: Activity, present: Collection[Learner], said: int | None) -> None:
    """The attendance follows from who was there. `said` is a number given besides, which must be the same."""
    number = len({learner.pk for learner in present})
    if activity.course_id is None:
        raise ValidationError(
            {"present": ValidationError(_("Only a session of a course has a roster."), code="no_course")}
        )
    if any(learner.course_id != activity.course_id for learner in present):
        message = _("There is no such record, or it lies outside your territory.")
        raise ValidationError({"present": ValidationError(message, code="does_not_exist")})
    _refuse_strangers(activity, present)
    if said is not None and said != number:
        message = _("The number follows from the roster: %(number)d are ticked. Leave it out.")
        raise ValidationError({"attendance": ValidationError(message, code="roster_counts", params={"number": number})})
    activity.attendance, activity.estimated = number, False
    activity.counted_by = Activity.CountedBy.ROSTER


def note_presence(activity: Activity, present: Collection[Learner]) -> None:
    """Keeps of everybody on the roster that day whether he was there; inside the transaction of the log."""
    there = {learner.pk for learner in present}
    listed = set(Learner.objects.filter(course=activity.course_id).on(activity.begins_on).values_list("pk", flat=True))
    listed |= there | set(activity.presences.values_list("learner_id", flat=True))
    Presence.objects.bulk_create(
        [Presence(activity=activity, learner_id=pk, present=pk in there) for pk in sorted(listed)],
        update_conflicts=True,
        unique_fields=["activity", "learner"],
        update_fields=["present"],
    )


def keep_count(activity: Activity, changes: dict) -> None:
    """Where the roster counted, the number is changed by the roster alone."""
    by_roster = activity.counted_by == Activity.CountedBy.ROSTER
    if by_roster and changes.get("estimated"):
        raise ValidationError(
            {"estimated": ValidationError(_("The roster has counted; that is no estimate."), code="counted")}
        )
    if by_roster and changes.get("attendance", activity.attendance) != activity.attendance:
        message = _("The number follows from the roster; untick who was absent.")
        raise ValidationError({"attendance": ValidationError(message, code="roster_counts")})


def _refuse_strangers(activity: Activity, present: Collection[Learner]) -> None:
    """Nobody was there as a learner on a day on which he does not stand on the roster, unless it was kept so before."""
    day = activity.begins_on
    strangers = [learner for learner in present if not learner.is_on_roster(day)]
    if strangers and not activity._state.adding:
        kept = set(activity.presences.values_list("learner_id", flat=True))
        strangers = [learner for learner in strangers if learner.pk not in kept]
    if strangers:
        message = _("Not on the roster on %(day)s: %(names)s. Untick them.")
        params = {"day": date_format(day), "names": "、".join(learner.name for learner in strangers)}
        raise ValidationError({"present": ValidationError(message, code="not_on_roster", params=params)})


def _require(actor, course: Course) -> Office:
    verbs, path = ("decide", "propose"), course.station.division.path
    return require(actor.offices, POWER, verbs, path=path, unit_id=course.firm_id)[0]


def _first_day(course: Course, at: datetime | None) -> date:
    return min(course.begins_on, timezone.localdate(at or timezone.now()))
