"""The numbers that stand beside a course and beside an activity, read like every other number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import commonpath

from activities.models import Activity, Course
from culture_admin.statistics.reading import read
from culture_admin.statistics.register import Status
from culture_admin.statistics.tallies import Number
from culture_admin.territory.models import Division

MEAN, ANSWERS, UNKNOWN = "activities.rating", "activities.ratings", "activities.ratings_unknown"
# Below so many answers a mean says little, and is marked.
FEW = 10
# Session hours are not person-hours, and attendances are not people.
FIGURES = {
    "sessions": "activities.sessions",
    "class_hours": "activities.class_hours",
    "person_hours": "activities.person_hours",
    "attendances": "activities.person_times",
    "people": "activities.learners",
}
NOTHING: dict[str, Number | None] = dict.fromkeys(FIGURES, 0)


@dataclass(frozen=True, slots=True)
class Rated:
    """What residents say of an activity: the mean of `n` scores from 1 to 5, and how many could not say."""

    mean: Number | None
    n: int
    unknown: int

    @property
    def few(self) -> bool:
        return self.n < FEW


def ratings_of(activities: Sequence[Activity]) -> dict[int, Rated]:
    """By activity what residents say of it, from the first answer on; those nobody has rated are missing.

    As many queries for one as for many. Give activities the reader has in sight: the mean belongs to them.
    """
    if not activities:
        return {}
    where = {
        "activity": [activity.pk for activity in activities],
        "station": list({activity.station_id for activity in activities}),
        "division": _ground_of(activities),
    }
    rows = read([MEAN, ANSWERS, UNKNOWN], by=["activity"], where=where, status=Status.ALL).rows
    numbers = {int(str(row.keys["activity"])): [row.values[code] for code in (MEAN, ANSWERS, UNKNOWN)] for row in rows}
    return {key: Rated(mean, int(n or 0), int(unknown or 0)) for key, (mean, n, unknown) in numbers.items()}


def _ground_of(activities: Sequence[Activity]) -> Division | None:
    """The smallest division in which all of them were: the reader need not look beyond it."""
    divisions = {activity.division_id: activity.division for activity in activities}
    paths = [division.path for division in divisions.values()]
    if len(paths) == 1:
        return activities[0].division
    return Division.objects.filter(path=f"{commonpath(paths)}/").first()


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
