"""Where a user enters records: the stations he keeps the log of, and those at which he reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from culture_admin.accounts.asking import ask
from culture_admin.accounts.roles import FIRM, Role
from culture_admin.accounts.scope import Scope
from culture_admin.territory.models import Division, Level, in_force
from stations.models import Facility, Station
from stewards.models import Posting

# They come to stations of the whole county without overseeing any.
GUESTS = frozenset({Role.ASSESSOR, Role.BACKBONE})


def postings_at(user, station: Station) -> QuerySet[Posting]:
    """The postings to a station that the user may name."""
    return (
        Posting.objects.visible_to(user)
        .decided()
        .filter(station=station)
        .select_related("steward")
        .order_by("steward__name")
    )


def stations_for(user, power: str, verb: str = "see") -> QuerySet[Station]:
    """The stations over whose records of a power the user has the verb, with their names."""
    condition = Scope(power, place="division__path", station="pk").condition(user, verb)
    rows = Station.objects.none() if condition is None else Station.objects.filter(condition)
    return rows.select_related("unit", "division", "county").order_by("division__code")


def may_at(user, power: str, verbs: Sequence[str], station: Station) -> bool:
    """Whether the user has one of the verbs in the power at this station."""
    return any(ask(user.offices, power, verb, path=station.division.path) for verb in verbs)


def villages_of(station: Station, on: date) -> QuerySet[Division]:
    """The villages and communities of the station's town."""
    return Division.objects.within(station.division).filter(level=Level.VILLAGE).existing(on)


def rooms_of(station: Station, on: date) -> QuerySet[Facility]:
    """The rooms of the station that are in use on the day; whoever enters activities there may name them."""
    return Facility.objects.filter(in_force(on), station=station).order_by("name")


def oversees(user) -> bool:
    """Whether what others in his territory owe is his business: who guides stations or scores them has no part in it."""
    return bool(user.roles - GUESTS)


def reports_for_a_firm(user) -> bool:
    """Whether the user sees only what his firm, or he himself, has done."""
    return bool(user.roles) and user.roles <= FIRM


def sees_several_stations(user) -> bool:
    """Whether a list has to say at which station a row lies."""
    return any(office.unit_kind != "station" for office in user.offices)


def is_steward(user) -> bool:
    return Role.STEWARD in user.roles
