"""Where a station lay on a day: what happened keeps the town and the county of its day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culture_admin.territory.models import Division, Level, Seat, Succession
from stations.models import Station


class Ground(NamedTuple):
    """The town and county that a station lay in on a day."""

    division_id: int
    county_id: int


class Places:
    """Answers where a station lay on a day; asks the database once per station, not once per day."""

    def __init__(self) -> None:
        self._lives: dict[int, list[tuple[date, Ground]]] = {}

    def at_work(self, station: Station, day: date) -> Ground:
        """The same for what a station does on a day; ValidationError `station_ended` where it has ended by then."""
        ended = station.unit.valid_to if station.division.valid_from else None
        if ended and ended <= day:
            message = _("The station ended on %(ended)s; nothing is entered for %(day)s.")
            said = message % {"ended": ended, "day": day}
            raise ValidationError({"station": ValidationError(said, code="station_ended")})
        return self.on(station, day)

    def on(self, station: Station, day: date) -> Ground:
        for since, ground in self._life(station):
            if day >= since:
                return ground
        raise AssertionError("the first life begins at date.min")

    def _life(self, station: Station) -> list[tuple[date, Ground]]:
        """The station's grounds, newest first, each with its first day."""
        if station.pk not in self._lives:
            seats: list[Seat] = []
            # Only in a division that began on a day can a station lie that was moved.
            if station.division.valid_from:
                seats += Seat.objects.filter(unit=station.pk).select_related("division").order_by("-valid_to")
            self._lives[station.pk] = list(_by_seats(station, seats) if seats else _by_origin(station))
        return self._lives[station.pk]


def _by_seats(station: Station, seats: Sequence[Seat]) -> Iterator[tuple[date, Ground]]:
    """As it is kept of a station that was moved."""
    yield seats[0].valid_to, Ground(station.division_id, station.county_id)
    for seat, before in zip(seats, [*seats[1:], None], strict=True):
        yield before.valid_to if before else date.min, Ground(seat.division_id, _county_of(seat.division, station))


def _by_origin(station: Station) -> Iterator[tuple[date, Ground]]:
    """As its town came about, for a station that was entered after its town had moved."""
    division: Division | None = station.division
    while division:
        before: Division | None = None
        if division.valid_from:
            origins = Succession.objects.filter(successor=division).select_related("predecessor")
            origin = origins.order_by("-share").first()
            before = origin.predecessor if origin else None
        first_day = division.valid_from if before and division.valid_from else date.min
        yield first_day, Ground(division.pk, _county_of(division, station))
        division = before


def _county_of(division: Division, station: Station) -> int:
    if division.pk == station.division_id:
        return station.county_id
    return Division.objects.values_list("pk", flat=True).get(pk__in=division.ancestry, level=Level.COUNTY)
