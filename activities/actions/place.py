"""Where and by whom: the division of a day, the posting behind a log, and in which state a log begins."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.models import Team
from activities.models.bounds import PLAN_AHEAD
from activities.models.team import LIVING
from culture_admin.accounts.powers import Office, require
from culture_admin.territory.models import Division, Level, Succession
from stations.models import Station
from stewards.models import Posting


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


def entering_office(actor, station: Station, power: str, firm_id: int | None) -> tuple[Office, bool]:
    """The office in which the actor enters a record at the station, and whether the same act confirms it.

    Raises PermissionDenied with the matrix's sentence.
    """
    office, verb = require(actor.offices, power, ("decide", "propose"), path=station.division.path, unit_id=firm_id)
    return office, verb == "decide"


def posting_for(actor, station: Station, day: date, posting: Posting | None) -> Posting | None:
    """The posting a log belongs to: the one named, or that of the steward who logs. Raises ValidationError."""
    if posting is None:
        own = Posting.objects.on(day).filter(steward__user=actor, station=station).select_related("steward")
        posting = own.first() if is_steward(actor) else None
        if posting is None and is_steward(actor):
            raise ValidationError(
                {"station": _("You have no posting at this station on %(day)s.") % {"day": day}}, code="no_posting"
            )
        return posting
    if posting.station_id != station.pk:
        raise ValidationError({"posting": _("The posting is at another station.")}, code="posting_elsewhere")
    if not covers(posting, day):
        raise ValidationError(
            {
                "posting": _("%(steward)s was posted here from %(start)s to %(end)s, not on %(day)s.")
                % {
                    "steward": posting.steward,
                    "start": posting.valid_from,
                    "end": posting.valid_to or "…",
                    "day": day,
                }
            },
            code="posting_not_then",
        )
    return posting


def team_faults(team: Team, day: date) -> dict[str, str]:
    """Nothing is entered for a team that is void, nor for a day after it left the register."""
    if team.state in LIVING or (team.deregistered_on and day < team.deregistered_on):
        return {}
    message = _("%(team)s is “%(state)s”: nothing is entered for it any more.")
    return {"team": message % {"team": team, "state": team.get_state_display()}}


def future_faults(day: date, today: date) -> dict[str, str]:
    """What has not happened is not logged."""
    if day > today:
        return {"begins_on": _("%(day)s is in the future; what has not happened is not logged.") % {"day": day}}
    return {}


def plan_faults(day: date, today: date) -> dict[str, str]:
    """What is past is logged, and what is farther than programmes are made is a slip of the finger."""
    if day < today:
        return {"begins_on": _("%(day)s is past; what has happened is logged, not planned.") % {"day": day}}
    if day > today + PLAN_AHEAD:
        return {"begins_on": _("%(day)s is more than two years ahead.") % {"day": day}}
    return {}


def covers(posting: Posting, day: date) -> bool:
    return posting.valid_from <= day and (posting.valid_to is None or day < posting.valid_to)


def is_steward(actor) -> bool:
    """Whether the actor reports what he led himself."""
    return any(office.role == "steward" for office in actor.offices)


def _county_of(division: Division, station: Station) -> int:
    if division.pk == station.division_id:
        return station.county_id
    return Division.objects.values_list("pk", flat=True).get(pk__in=division.ancestry, level=Level.COUNTY)
