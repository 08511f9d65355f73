"""The one door from a user to rows: a model says once where its rows lie, `visible_to` does the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from culture_admin.accounts.asking import may
from culture_admin.accounts.roles import FIRM, Office, Role


@dataclass(frozen=True)
class Scope:
    """Where the rows of a model lie.

    power: the line of the matrix whose `see` opens them.
    place: lookup of the `territory.Division` path whose prefix is the office's territory.
    station, county: lookups of the station's and county's id, where the row carries them; large tables are narrowed by
        these two because an id is cheaper to compare than the path behind a join.
    firm: lookup of the firm's unit id; an office of a firm sees only these rows, whatever its territory.
    person: lookup of the user id of the steward whose rows these are; a steward sees only his own.
    assessor: lookup of the user id of the assessor whose rows these are; an assessor sees only his own.
    unit: lookup of the id of the unit that answers by the row: whoever proposes does so for his own unit alone.
    announced: what is entered at a place is news for everybody below it, to be seen there and nothing else.
    serves: of rows that serve several places, such as a contract: those that serve one below a path. Its offices see them too.
    entrusted: lookup of the offices that a case was filed with (workflow/authority.py): to them it stays open, wherever its
        place has gone and whatever the matrix has become.
    """

    power: str
    place: str
    station: str = ""
    county: str = ""
    firm: str = ""
    person: str = ""
    assessor: str = ""
    unit: str = ""
    announced: bool = False
    serves: Callable[[str], Q] | None = None
    entrusted: str = ""

    def offices(self, user, verb: str = "see") -> list[Office]:
        """The offices in which `user` may `verb` rows of the model."""
        if not user.is_authenticated or not user.is_active:
            return []
        return [office for office in user.offices if may(office, self.power, verb) and self._knows(office)]

    def condition(self, user, verb: str = "see") -> Q | None:
        """The rows `user` may `verb`; None when there are none."""
        rows: Q | None = None
        for office in self.offices(user, verb):
            part = self._of(office, user, verb)
            rows = part if rows is None else rows | part
        if self.entrusted and user.is_authenticated and (seats := [seat_of(office) for office in user.offices]):
            filed = Q(**{f"{self.entrusted}__overlap": seats})
            rows = filed if rows is None else rows | filed
        return rows

    def _knows(self, office: Office) -> bool:
        """Whether rows can be of the office at all: a firm's are, where rows say whose they are."""
        return office.role not in FIRM or bool(self.firm) or (office.role == Role.STEWARD and bool(self.person))

    def _of(self, office: Office, user, verb: str) -> Q:
        own = {Role.STEWARD: self.person, Role.ASSESSOR: self.assessor}.get(Role(office.role))
        if own:
            return Q(**{own: user.pk})
        if office.role in FIRM:
            return Q(**{self.firm: office.unit_id})
        if verb == "propose" and self.unit:
            return Q(**{self.unit: office.unit_id})
        if office.unit_kind == "station" and self.station:
            return Q(**{self.station: office.unit_id})
        within = Q(**{f"{self.place}__startswith": office.path})
        if self.announced and verb == "see":
            within |= Q(**{f"{self.place}__in": paths_above(office.path)})
        if self.serves:
            within |= self.serves(office.path)
        county = user.counties.get(office.path) if self.county else None
        if county is None:
            return within
        of_county = Q(**{self.county: county})
        return of_county if office.path.endswith(f"/{county}/") else of_county & within


def seat_of(office: Office) -> str:
    """An office as cases name it."""
    return f"{office.role}@{office.unit_id}"


def paths_above(path: str) -> list[str]:
    """The paths of the divisions in which the one at `path` lies, from the outermost in."""
    parts = path.strip("/").split("/")
    return [f"/{'/'.join(parts[:number])}/" for number in range(1, len(parts))]


class ScopedQuerySet(models.QuerySet):
    """Rows with an owner. `scope` stands on the model."""

    def visible_to(self, user, verb: str = "see") -> ScopedQuerySet:
        """The rows whose place the user's offices cover, and that the matrix lets them `verb`."""
        condition = self.model.scope.condition(user, verb)
        return self.none() if condition is None else self.filter(condition)


class PublicQuerySet(models.QuerySet):
    """Rows without an owner, such as code lists: every account may read them."""

    def visible_to(self, user, verb: str = "see") -> PublicQuerySet:
        return self if user.is_authenticated else self.none()


def scope_of(model: type[models.Model]) -> Scope | None:
    """The scope that alone opens the rows of the model; None where they belong to everybody, or have a door of their own."""
    is_alone = getattr(type(model._default_manager.all()), "visible_to", None) is ScopedQuerySet.visible_to
    return model.scope if is_alone else None
