"""Who decides on what is filed: the offices, as matrix, tree and people stood that day; and whether there is anybody.

A case goes on with the offices it was filed with, whoever holds them meanwhile, and whatever becomes of its town or of the
matrix. An office is written `ROLE@UNIT`, what it may `POWER:VERB:ROLE@UNIT`.
"""

from __future__ import annotations

from collections.abc import Iterable
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


class Right(NamedTuple):
    """What somebody may do about a record, and where: mostly where the record lies."""

    power: str
    verb: str
    place: Any


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
    """Who holds which offices, asked once for many places, and once for each place within a request."""

    found: dict[tuple[str, str], set[Holder]] = field(default_factory=dict)
    asked: dict[tuple[str, str], set[object]] = field(default_factory=dict)

    def learn(self, rights: Iterable[Right]) -> None:
        """Asks for the holders of many rights, once for each power and verb."""
        places: dict[tuple[str, str], list] = {}
        for right in rights:
            places.setdefault((right.power, right.verb), []).append(right.place)
        for line, there in places.items():
            at = {path for place in there for path in (*paths_above(place.path), place.path)}
            firms = {place.firm_id for place in there if place.firm_id}
            asked = self.asked.setdefault(line, set())
            if not (at | firms) <= asked:
                self.found.setdefault(line, set()).update(_holders(*line, at, firms))
                asked.update(at, firms)

    def of(self, right: Right) -> list[Holder]:
        """Those whose offices reach the place of the right."""
        self.learn([right])
        return [holder for holder in self.found[right.power, right.verb] if holder.covers(right.place)]


def ask_about(record: Any, right: Right, actor) -> Answer:
    """In which of his offices the actor has the right on the record, his own before those in which he stands for another."""
    offices = sorted(actor.offices, key=lambda office: office.acting_for is not None)
    line = f"{right.power}:{right.verb}:"
    entrusted = _entrusted(record, right.power, right.verb)
    office = next((office for office in offices if f"{line}{seat_of(office)}" in entrusted), None)
    if office:
        return Answer(True, office=office)
    answer = ask(offices, right.power, right.verb, path=right.place.path, unit_id=right.place.firm_id)
    if answer and entrusted:
        text = _("It was filed with another office and is decided there: %(who)s.") % {"who": _named(entrusted)}
        return Answer(False, "entrusted_elsewhere", text)
    return answer


def nobody_for(rights: Iterable[Right], actor, holders: Holders) -> str:
    """Which offices nobody holds who could decide on what the actor files; an empty text where all are held."""
    missing = [
        _("“%(power)s” is for %(roles)s")
        % {
            "power": POWERS[right.power].label,
            "roles": role_names(POWERS[right.power].roles(right.verb)),
        }
        for right in rights
        if not _deciders(right, actor, holders)
    ]
    if not missing:
        return ""
    text = _(
        "Nobody could decide on it: %(missing)s, and nobody but yourself holds such an office here. Have it filled."
    )
    return text % {"missing": _("; ").join(missing)}


def entrust(deciding: Iterable[Right], proposing: Iterable[Right], office: Office, holders: Holders) -> list[str]:
    """What is kept of who decides from now on, each office with what it may; the office that filed keeps what it may."""
    kept = {f"{right.power}:{right.verb}:{holder.seat}" for right in deciding for holder in holders.of(right)}
    kept |= {f"{right.power}:{right.verb}:{seat_of(office)}" for right in proposing}
    return sorted(kept | {line.rpartition(":")[2] for line in kept} | {seat_of(office)})


def seats_entrusted(record: Any, power: str, verb: str) -> set[tuple[str, int]]:
    """The offices, as role and unit, that a record was filed with for this verb of the power; none where it is anybody's."""
    seats = (right.rpartition(":")[2].split("@") for right in _entrusted(record, power, verb))
    return {(role, int(unit)) for role, unit in seats}


def _entrusted(record: Any, power: str, verb: str) -> list[str]:
    return [right for right in getattr(record, "entrusted", ()) if right.startswith(f"{power}:{verb}:")]


def _deciders(right: Right, actor, holders: Holders) -> list[Holder]:
    there = holders.of(right)
    if POWERS[right.power].two_persons:
        return [holder for holder in there if actor.pk not in (holder.user_id, holder.stands_for)]
    return there


def _holders(power: str, verb: str, at: set[str], firms: set[int]) -> list[Holder]:
    roles = POWERS[power].roles(verb)
    held = Membership.objects.filter(in_force(timezone.localdate()), user__is_active=True).filter(
        Q(role__in=roles - FIRM, unit__division__path__in=at) | Q(role__in=roles & FIRM, unit__in=firms)
    )
    held = held.filter(Q(acting_for__isnull=True) | in_force(timezone.localdate(), "acting_for__"))
    columns = ("user_id", "acting_for__user_id", "role", "unit_id", "unit__division__path")
    return [
        Holder(user_id, stands_for, f"{role}@{unit_id}", unit_id, path, role in FIRM)
        for user_id, stands_for, role, unit_id, path in held.values_list(*columns)
    ]


def _named(entrusted: Iterable[str]) -> str:
    """The offices of some rights in words."""
    seats = [line.rpartition(":")[2].split("@") for line in entrusted]
    units = Unit.objects.in_bulk({int(unit) for _role, unit in seats})
    return listed(f"{Role(role).label} · {units[int(unit)].name}" for role, unit in seats)
