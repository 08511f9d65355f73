"""The names a phone keeps so that sessions can be logged without a network: no more than that needs, and for no longer."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from activities.models import Course, Learner
from activities.models.bounds import LATE_AFTER
from culture_admin.accounts.roles import STATION, Role
from culture_admin.desk.forms.activities import hours_of
from culture_admin.interfaces.permissions import may_write

# Who stands in front of the class; the bureau and a firm's office have a network.
IN_THE_FIELD = STATION | {Role.STEWARD}
MOST_COURSES = 40
SOON = timedelta(days=14)


def courses_in_hand(user, today: date) -> QuerySet[Course]:
    """The courses whose sessions the user logs these weeks, newest first."""
    rows = Course.objects.visible_to(user, "enter").living().select_related("station__unit")
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=today - LATE_AFTER)
    return rows.filter(goes_on, begins_on__lte=today + SOON).order_by("-begins_on", "-pk")


def rosters_to_keep(user, today: date) -> list[dict[str, object]]:
    """The courses with their rosters, as the phone keeps them: of a learner the name and his days on the roster."""
    if not (user.roles & IN_THE_FIELD and may_write(user, "activities.learners", ("see",))):
        return []
    courses = list(courses_in_hand(user, today)[:MOST_COURSES])
    there = Learner.objects.visible_to(user).filter(course__in=courses)
    there = there.filter(Q(left_on__isnull=True) | Q(left_on__gt=today - LATE_AFTER)).order_by("pk")
    names: dict[int, list[dict[str, object]]] = defaultdict(list)
    for pk, course, name, joined_on, left_on in there.values_list("pk", "course", "name", "joined_on", "left_on"):
        names[course].append({"id": pk, "name": name, "from": joined_on, "until": left_on})
    return [
        {
            "course": course.pk,
            "title": course.title,
            "begins_on": course.begins_on,
            "ends_on": course.ends_on,
            "class_hours": hours_of(course.class_seconds),
            "learners": names[course.pk],
        }
        for course in courses
    ]
