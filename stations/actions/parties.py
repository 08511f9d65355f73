"""Who stands around a station: the head in office, the town government that sponsors it, the office that registers it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from culture_admin.accounts.models import Membership
from culture_admin.accounts.roles import Role
from culture_admin.territory.models import Unit, in_force
from stations.models import OfficerPosting


def heads_of(stations: Iterable[int], day: date) -> dict[int, str]:
    """By station the name of its head on the day: who holds the post; where no post is on file, who holds the office."""
    keys = [*stations]
    offices = Membership.objects.filter(in_force(day), unit__in=keys, role=Role.STATION_HEAD, acting_for=None)
    posts = OfficerPosting.objects.holding(day).of_heads().filter(station__in=keys)
    return dict(offices.order_by("unit", "valid_from").values_list("unit", "user__name")) | dict(
        posts.order_by("station", "valid_from").values_list("station", "officer__name")
    )


def sponsors_of(towns: Iterable[int]) -> dict[int, Unit]:
    """By town or subdistrict its government, which sponsors the station."""
    return _units(Unit.Kind.TOWN, towns)


def offices_of(counties: Iterable[int]) -> dict[int, Unit]:
    """By county its registration office."""
    return _units(Unit.Kind.REGISTRATION, counties)


def _units(kind: str, divisions: Iterable[int]) -> dict[int, Unit]:
    rows = Unit.objects.filter(kind=kind, division__in={*divisions}, valid_to=None).order_by("pk")
    return {unit.division_id: unit for unit in rows}
