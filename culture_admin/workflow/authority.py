"""Who decides on what is filed: the offices, as matrix, tree and people stood that day; and whether there is anybody.

A case goes on with the offices it was filed with, whoever holds them meanwhile, and whatever becomes of its town or of the
matrix. An office is written `ROLE@UNIT`, what it may `POWER:VERB:ROLE@UNIT`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import Answer, ask
from culture_admin.accounts.models import Membership
from culture_admin.accounts.powers import POWERS
from culture_admin.accounts.roles import FIRM, Office, Role, listed, role_names
from culture_admin.accounts.scope import paths_above, seat_of
from culture_admin.territory.models import Unit, in_force

Right = tuple[str, str]


class Holder(NamedTuple):
    """Somebody who holds an office today, and where that office is."""

    user_id: int
    stands_for: int | None
    seat: str
    unit_id: int
    path: str
    of_firm: bool

    def covers(self, place: Any) -> bool:
        """Whether the office reaches a place; a firm's reaches what is its own."""
        return self.unit_id == place.firm_id if self.of_firm else place.path.startswith(self.path)


@dataclass
class Holders:
    """Who holds the offices of a right, asked once for many places, and once for each place within a request."""

    found: dict[Right, set[Holder]] = field(default_factory=dict)
    asked: dict[Right, set[object]] = field(default_factory=dict)

    def of(self, right: Right, places: Sequence[Any]) -> set[Holder]:
        """Those whose offices reach one of the places, and others asked for before."""
        at = {path for place in places for path in (*paths_above(place.path), place.path)}
        firms = {place.firm_id for place in places if place.firm_id}
        asked, found = self.asked.setdefault(right, set()), self.found.setdefault(right, set())
        if not (at | firms) <= asked:
            found.update(_holders(right, at, firms))
            asked.update(at, firms)
        return found


def ask_about(record: Any, power: str, verb: str, place: Any, actor) -> Answer:
    """In which of his offices the actor may `verb` on the record, his own before those in which he stands for another."""
    offices = sorted(actor.offices, key=lambda office: office.acting_for is not None)
    entrusted = _entrusted(record, power, verb)
    if not entrusted:
        return ask(offices, power, verb, path=place.path, unit_id=place.firm_id)
    office = next((office for office in offices if f"{power}:{verb}:{seat_of(office)}" in entrusted), None)
    if office:
        return Answer(True, office=office)
    answer = ask(offices, power, verb, path=place.path, unit_id=place.firm_id)
    if answer:
        text = _("It was filed with another office and is decided there: %(who)s.") % {"who": _named(entrusted)}
        return Answer(False, "entrusted_elsewhere", text)
    return answer


def rights_ahead(record: Any, steps: Iterable[Any], verbs: Sequence[str]) -> list[Right]:
    """The powers and verbs by which somebody decides on the record on its way."""
    return list(
        dict.fromkeys((step.power, step.verb) for step in steps if step.verb in verbs and step.concerns(record))
    )


def nobody_for(rights: Iterable[Right], place: Any, actor, holders: Holders) -> str:
    """Which offices nobody holds who could decide on what the actor files; an empty text where all are held."""
    missing = [
        _("“%(power)s” is for %(roles)s")
        % {
            "power": POWERS[power].label,
            "roles": role_names(POWERS[power].roles(verb)),
        }
        for power, verb in rights
        if not _deciders(power, verb, place, actor, holders)
    ]
    if not missing:
        return ""
    return _(
        "Nobody could decide on it: %(missing)s, and nobody but yourself holds such an office here. Have it filled."
    ) % {"missing": "; ".join(missing)}


def entrust(rights: Iterable[Right], place: Any, office: Office | None, holders: Holders) -> list[str]:
    """What is kept of who decides from now on: the offices, and what each may; with them the office that filed."""
    kept = {f"{power}:{verb}:{seat}" for power, verb in rights for seat in _seats(power, verb, place, holders)}
    seats = {right.rpartition(":")[2] for right in kept}
    return sorted(kept | seats | ({seat_of(office)} if office else set()))


def seats_entrusted(record: Any, power: str, verb: str) -> set[tuple[str, int]]:
    """The offices, as role and unit, that a record was filed with for this verb of the power; none where it is anybody's."""
    seats = (right.rpartition(":")[2].split("@") for right in _entrusted(record, power, verb))
    return {(role, int(unit)) for role, unit in seats}


def _entrusted(record: Any, power: str, verb: str) -> list[str]:
    return [right for right in getattr(record, "entrusted", ()) if right.startswith(f"{power}:{verb}:")]


def _seats(power: str, verb: str, place: Any, holders: Holders) -> set[str]:
    return {holder.seat for holder in holders.of((power, verb), [place]) if holder.covers(place)}


def _deciders(power: str, verb: str, place: Any, actor, holders: Holders) -> list[Holder]:
    there = [holder for holder in holders.of((power, verb), [place]) if holder.covers(place)]
    if POWERS[power].two_persons:
        return [holder for holder in there if actor.pk not in (holder.user_id, holder.stands_for)]
    return there


def _holders(right: Right, at: set[str], firms: set[int]) -> list[Holder]:
    power, verb = right
    roles = POWERS[power].roles(verb)
    held = Membership.objects.filter(in_force(timezone.localdate()), user__is_active=True).filter(
        Q(role__in=roles - FIRM, unit__division__path__in=at) | Q(role__in=roles & FIRM, unit__in=firms)
    )
    columns = ("user_id", "acting_for__user_id", "role", "unit_id", "unit__division__path")
    return [
        Holder(user_id, stands_for, f"{role}@{unit_id}", unit_id, path, role in FIRM)
        for user_id, stands_for, role, unit_id, path in held.values_list(*columns)
    ]


def _named(entrusted: Iterable[str]) -> str:
    """The offices of some rights in words."""
    seats = [right.rpartition(":")[2].split("@") for right in entrusted]
    units = Unit.objects.in_bulk({int(unit) for _role, unit in seats})
    return listed(f"{Role(role).label} · {units[int(unit)].name}" for role, unit in seats)
