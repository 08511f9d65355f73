"""Who stands around a station: the head in office, the town government that sponsors it, the office that registers it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from culture_admin.accounts.models import Membership
from culture_admin.accounts.roles import Role
from culture_admin.territory.models import Unit, in_force
from stations.models import OfficerPosting


def heads_of(stations: Iterable[int], day: date) -> dict[int, str]:
    """By station the name of the head in office on the day; a substitute is not the head, nor who only acts in the post.

    Whom the staff of the station names goes before whom the office of an account names.
    """
    asked = [*stations]
    offices = Membership.objects.filter(in_force(day), unit__in=asked, role=Role.STATION_HEAD, acting_for=None)
    postings = OfficerPosting.objects.holding(day).of_heads().filter(station__in=asked)
    named = dict(offices.order_by("unit", "valid_from").values_list("unit", "user__name"))
    return named | dict(postings.values_list("station", "officer__name"))


def sponsors_of(towns: Iterable[int]) -> dict[int, Unit]:
    """By town or subdistrict its government, which sponsors the station."""
    return _units(Unit.Kind.TOWN, towns)


def offices_of(counties: Iterable[int]) -> dict[int, Unit]:
    """By county its registration office."""
    return _units(Unit.Kind.REGISTRATION, counties)


def _units(kind: str, divisions: Iterable[int]) -> dict[int, Unit]:
    rows = Unit.objects.filter(kind=kind, division__in={*divisions}, valid_to=None).order_by("pk")
    return {unit.division_id: unit for unit in rows}
