"""Which offices a matter concerns, found for many records at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from culture_admin.accounts.models import Membership
from culture_admin.accounts.roles import FIRM, STATION, Role
from culture_admin.territory.models import Unit, in_force
from culture_admin.workflow.steps import Place

SEAT = ("role", "unit_id", "unit__division_id", "user_id")
BELOW = (Unit.Kind.TOWN, Unit.Kind.STATION)
# An office: a role at a unit, by its key.
Seat = tuple[str, int]


@dataclass
class Parties:
    """The offices of one place, each with who holds it."""

    holders: dict[Seat, set[int]] = field(default_factory=lambda: defaultdict(set))

    def without(self, actor_id: int | None) -> list[Seat]:
        """The offices somebody else than the actor holds: nobody is told what he did himself."""
        return [seat for seat, people in self.holders.items() if people - {actor_id}]

    def hold(self, seats: Collection[Seat], person: int | None) -> bool:
        """Whether the person holds one of the offices."""
        return any(person in self.holders[seat] for seat in seats)


def parties_at(places: Sequence[Place], roles: Collection[str], on: date) -> list[Parties]:
    """For each place the offices of these roles that cover it and are held by somebody, in one query.

    Offices of stations and firms cover what is their own, all others what lies in their division. A steward is no party: he
    hears of what he filed himself. What is news below a place concerns the offices of towns and stations there as well.
    """
    found = [Parties() for _place in places]
    roles = set(roles) - {Role.STEWARD}
    if not roles or not places:
        return found
    ancestries = [{int(part) for part in place.path.strip("/").split("/") if part} for place in places]
    at_home = [{key for key in (place.station_id, place.firm_id) if key} for place in places]
    held = _held(on).filter(role__in=roles)
    covering, owning = defaultdict(list), defaultdict(list)
    within = Q(unit__division__in=set().union(*ancestries)) | Q(unit__in=set().union(*at_home))
    for path in {place.path for place in places if place.below}:
        within |= Q(unit__division__path__startswith=path, unit__kind__in=BELOW)
    lower = defaultdict(list)
    for role, unit_id, division_id, user_id, path in held.filter(within).values_list(*SEAT, "unit__division__path"):
        index, key = (owning, unit_id) if role in STATION | FIRM else (covering, division_id)
        index[key].append((role, unit_id, user_id))
        lower[path].append((role, unit_id, user_id))
    for ancestry, own, parties in zip(ancestries, at_home, found, strict=True):
        for role, unit_id, user_id in (
            *(seat for key in sorted(ancestry) for seat in covering[key]),
            *(seat for key in sorted(own) for seat in owning[key]),
        ):
            parties.holders[role, unit_id].add(user_id)
    for place, parties in zip(places, found, strict=True):
        if place.below:
            for role, unit_id, user_id in (
                seat for path in lower for seat in lower[path] if path.startswith(place.path)
            ):
                parties.holders[role, unit_id].add(user_id)
    return found


def seats_of(units: Sequence[tuple[int, Collection[str]]], on: date) -> list[Parties]:
    """For each unit, given with the roles that answer for it, the offices held there, in one query."""
    found = [Parties() for _unit in units]
    by_unit = defaultdict(list)
    for role, unit_id, _division, user_id in _held(on).filter(unit__in={key for key, _roles in units}):
        by_unit[unit_id].append((role, user_id))
    for (key, roles), parties in zip(units, found, strict=True):
        for role, user_id in by_unit[key]:
            if role in roles:
                parties.holders[role, key].add(user_id)
    return found


def _held(on: date) -> QuerySet:
    """Offices held by people that day: role, unit, its division, person."""
    people = Membership.objects.filter(in_force(on), user__is_active=True, user__is_service=False)
    return people.order_by("unit_id", "role").values_list(*SEAT)
