"""Numbers of courses: how many begin, and how many people learn in them."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.metrics.activities import ACTIVITIES, GENRE, GRADE
from activities.metrics.teams import led_by
from activities.models import Activity, Course, Genre, MonthlyReturn, Presence
from culture_admin.statistics.register import ROWS, Choice, Events, Reference, different, flow
from stewards.metrics import FIRM, STEWARD

COURSES = Events(
    model=Course,
    date="begins_on",
    counted=(Course.State.OPEN, Course.State.CLOSED),
    recorded=(Course.State.PROPOSED, Course.State.OPEN, Course.State.CLOSED),
    dimensions=(GENRE, GRADE, STEWARD, FIRM, led_by("steward")),
    reports=MonthlyReturn.objects.settled,
    records="courses",
)
PRESENCES = Events(
    model=Presence,
    joins=("learner", "activity"),
    date="activity__begins_on",
    division="activity__division",
    county="activity__county",
    station="activity__station",
    state="activity__state",
    counted=ACTIVITIES.counted,
    recorded=ACTIVITIES.recorded,
    only=Q(present=True),
    dimensions=(
        Reference("genre", "activity__genre", Genre, key="code"),
        Reference("course", "activity__course", Course),
        Choice("led_by", "activity__led_by", Activity.LedBy),
    ),
)


def begun() -> Q:
    """What begins later is planned, and not begun."""
    return Q(begins_on__lte=timezone.localdate())


flow(
    "activities.courses",
    ROWS,
    of=COURSES,
    only=begun,
    records={"begun": "true"},
    label=_("Courses begun"),
    unit=_("courses"),
    definition=_("Courses that are open or closed, by their first day. Its sessions are counted apart."),
)
flow(
    "activities.learners",
    different("learner"),
    of=PRESENCES,
    label=_("Learners by roster"),
    unit=_("people"),
    definition=_(
        "Different learners of rosters who came to a confirmed session at least once; their attendances are more."
        " Who takes two courses is two learners. Sessions counted by heads have none."
    ),
)
