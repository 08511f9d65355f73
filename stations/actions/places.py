"""Where a station lay on a day: what happened keeps the town and the county of its day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from culture_admin.territory.models import Division, Level, Succession
from stations.models import Station


class Ground(NamedTuple):
    """The town and county that a station lay in on a day."""

    division_id: int
    county_id: int


class Places:
    """Answers where a station lay on a day; asks the database once per station, not once per day."""

    def __init__(self) -> None:
        self._lives: dict[int, list[tuple[date, Ground]]] = {}

    def on(self, station: Station, day: date) -> Ground:
        for since, ground in self._life(station):
            if day >= since:
                return ground
        raise AssertionError("the first life begins at date.min")

    def _life(self, station: Station) -> list[tuple[date, Ground]]:
        """The station's grounds, newest first, each with its first day; moved towns lead to what they were before."""
        if station.pk in self._lives:
            return self._lives[station.pk]
        life: list[tuple[date, Ground]] = []
        division: Division | None = station.division
        while division:
            before: Division | None = None
            if division.valid_from:
                origin = (
                    Succession.objects.filter(successor=division)
                    .select_related("predecessor")
                    .order_by("-share")
                    .first()
                )
                before = origin.predecessor if origin else None
            first_day = division.valid_from if before and division.valid_from else date.min
            life.append((first_day, Ground(division.pk, _county_of(division, station))))
            division = before
        self._lives[station.pk] = life
        return life


def _county_of(division: Division, station: Station) -> int:
    if division.pk == station.division_id:
        return station.county_id
    return Division.objects.values_list("pk", flat=True).get(pk__in=division.ancestry, level=Level.COUNTY)
