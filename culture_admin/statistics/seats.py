"""Where stations lay on a day: a town may have come of several, and its stations know in which of them they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from culture_admin.statistics.readers import Station
from culture_admin.statistics.register import Levels
from culture_admin.territory.models import Seat


def seat_on(fact: Levels, day: date) -> Combinable:
    """The division in which a row in force on a day is counted, before it is led to what that division was on the day.

    A row that keeps the division it was entered in goes along with its station from the first time the station moves.
    """
    own = F(fact.division)
    if not fact.station:
        return own
    seats = Seat.objects.filter(unit=OuterRef(fact.station)).order_by()
    then = seats.filter(valid_to__gt=day).filter(Q(valid_from=None) | Q(valid_from__lte=day)).values("division")
    if not fact.frozen:
        return Coalesce(Subquery(then), own, output_field=BigIntegerField())
    moved = Exists(seats.filter(valid_to__lte=day))
    return Coalesce(
        Subquery(then.filter(valid_from__isnull=False)),
        Case(When(moved, then=F(f"{fact.station}__division"))),
        own,
        output_field=BigIntegerField(),
    )


def seated(stations: Sequence[Station], database: str) -> list[Station]:
    """The stations, each once for every seat it has had."""
    stays: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    seats = Seat.objects.using(database).filter(unit__in=[station.pk for station in stations])
    for unit, *stay in seats.values_list("unit", "division", "valid_from", "valid_to"):
        stays[unit].append(tuple(stay))
    found: list[Station] = []
    for station in stations:
        former = stays.get(station.pk, ())
        found += [station._replace(division_id=division, since=since, until=until) for division, since, until in former]
        found.append(station._replace(since=max((until for _place, _since, until in former), default=None)))
    return found
