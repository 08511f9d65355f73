"""The five numbers of a course, each with a name of its own, read like every other number."""

from __future__ import annotations

from collections.abc import Sequence

from activities.models import Course
from culture_admin.statistics.reading import read
from culture_admin.statistics.tallies import Number

# Session hours are not person-hours, and attendances are not people.
FIGURES = {
    "sessions": "activities.sessions",
    "class_hours": "activities.class_hours",
    "person_hours": "activities.person_hours",
    "attendances": "activities.person_times",
    "people": "activities.learners",
}
NOTHING: dict[str, Number | None] = dict.fromkeys(FIGURES, 0)


def figures_of(user, courses: Sequence[Course]) -> dict[int, dict[str, Number | None]]:
    """By course what its confirmed sessions add up to, None where nothing is recorded; as many queries for one as for many.

    Where heads were counted and no roster was kept, nobody knows how many different people came.
    """
    keys = [course.pk for course in courses]
    if not keys:
        return {}
    table = read(list(FIGURES.values()), user=user, by=["course"], where={"course": keys})
    found = {row.keys["course"]: row.values for row in table.rows}
    figures = {}
    for key in keys:
        values = found.get(key)
        figures[key] = {name: values[code] for name, code in FIGURES.items()} if values else dict(NOTHING)
        if figures[key]["attendances"] and not figures[key]["people"]:
            figures[key]["people"] = None
    return figures
