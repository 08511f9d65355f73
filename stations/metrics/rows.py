"""Dated rows of the files of stations as facts, and the grade of a station as a dimension."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from culture_admin.statistics.register import Choice, Levels, Reporting
from culture_admin.territory.models import in_force
from stations.models import Certificate, Grade, Grading, OpeningWeek


def grade_of(station: str) -> Choice:
    """The grade that the station at the lookup `station` holds on the day of the row; None for a station without."""

    def grade_on(day: Any) -> Subquery:
        gradings = Grading.objects.standing().filter(in_force(day), station=OuterRef(station)).order_by("-valid_from")
        return Subquery(gradings.values("grade")[:1])

    return Choice("grade", grade_on, Grade, listed=False)


def of_stations(model: type[Certificate] | type[OpeningWeek], reporting: Reporting) -> Levels:
    """Dated rows of the files of stations, which lie where the station lies."""

    def on(day) -> QuerySet:
        return model.objects.filter(in_force(day))

    return Levels(
        model=model,
        joins=("station__unit",),
        on=on,
        division="station__division",
        county="station__county",
        dimensions=(grade_of("station"),),
        reporting=reporting,
    )
