"""The steps of a course: open, closed with how many finished, void."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.actions.months import note_records
from activities.models import Course
from culture_admin.workflow.steps import Flow, Obstacle, Place, Step, register

C = Course.State


def course_content(course: Course) -> tuple:
    """What a decision on a course is about."""
    return (
        course.title,
        course.genre_id,
        course.station_id,
        course.begins_on,
        course.ends_on,
        course.sessions_planned,
        course.class_seconds,
        course.capacity,
        course.room,
        course.teacher,
        course.posting_id,
        course.completed,
    )


def without_completed(course: Course, actor) -> Obstacle | None:
    """A course is closed with the number of those who finished it, which may be zero."""
    if course.completed is not None:
        return None
    return Obstacle("completed_missing", gettext("Say first how many finished the course, 0 if nobody did."))


def recount(courses: list[Course], actor, at) -> None:
    """A course that begins to count, or counts no more, may change a month that is settled."""
    act = gettext("Decided: %(what)s") % {"what": courses[0].title}
    note_records(courses, actor=actor, at=at, act=act)


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
                pgettext_lazy("a course", "Close"), [C.OPEN], C.CLOSED, "activities", refuse=without_completed
            ),
            "reopen": Step(pgettext_lazy("a course", "Open again"), [C.CLOSED], C.OPEN, "activities", comment=True),
            "void": Step(
                _("Void"),
                [C.PROPOSED, C.OPEN, C.CLOSED],
                C.VOID,
                "activities",
                comment=True,
                after=recount,
                danger=True,
            ),
        },
    )
)
