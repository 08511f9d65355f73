"""The steps of a course: open, closed with how many finished, void."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.actions.months import note_records
from activities.models import Activity, Course
from culture_admin.workflow.actions import follow
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register

C = Course.State

CONTENT = (
    "title", "genre_id", "station_id", "begins_on", "ends_on", "sessions_planned", "class_seconds", "capacity",
    "room", "teacher", "posting_id", "completed",
)  # fmt: skip


def course_content(course: Course) -> dict[str, object]:
    """What a decision on a course is about."""
    return {name: getattr(course, name) for name in CONTENT}


def without_completed(course: Course, actor) -> Obstacle | None:
    """A course is closed with the number of those who finished it, which may be zero."""
    if course.completed is not None:
        return None
    return Obstacle("completed_missing", gettext("Say first how many finished the course, 0 if nobody did."))


def recount(courses: list[Course], actor, at) -> None:
    """A course that begins to count, or counts no more, may change a month that is settled."""
    act = gettext("Decided: %(what)s") % {"what": courses[0].title}
    note_records(courses, actor=actor, at=at, act=act)


def call_off(courses: list[Course], actor, at) -> None:
    """With the course fall the sessions still ahead."""
    for course in courses:
        ahead = Activity.objects.filter(course=course, state__in=Activity.AHEAD)
        comment = gettext("The course “%(title)s” is “%(state)s”.")
        values = {"title": course.title, "state": course.get_state_display()}
        follow(ahead, "cancel", actor=actor, at=at, comment=comment % values)


def strike(courses: list[Course], actor, at) -> None:
    """What never was has no sessions ahead, and may change a month that is settled."""
    call_off(courses, actor, at)
    recount(courses, actor, at)


register(
    Flow(
        model=Course,
        power="activities",
        content=course_content,
        place=lambda course: Place(course.station.division.path, course.division_id, course.station_id, course.firm_id),
        related=("station__division",),
        steps={
            "confirm": Step(_("Confirm"), [C.PROPOSED], C.OPEN, "activities", after=recount, waits=True),
            "close": Step(
                pgettext_lazy("a course", "Close"),
                [C.OPEN],
                C.CLOSED,
                "activities",
                refuse=without_completed,
                after=call_off,
            ),
            "reopen": Step(pgettext_lazy("a course", "Open again"), [C.CLOSED], C.OPEN, "activities", comment=True),
            "void": Step(
                _("Void"),
                [C.PROPOSED, C.OPEN, C.CLOSED],
                C.VOID,
                "activities",
                comment=True,
                after=strike,
                danger=True,
            ),
        },
    )
)
