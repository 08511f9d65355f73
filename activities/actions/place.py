"""Where and by whom: the posting behind a log, the village it names, and in which state a log begins."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.models import Team
from activities.models.bounds import PLAN_AHEAD
from activities.models.team import LIVING
from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import Office
from stations.models import Station
from stewards.models import Posting


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
    """Whether the posting is decided and holds the day; one that is only proposed opens nothing."""
    return posting.covers(day)


def is_steward(actor) -> bool:
    """Whether the actor reports what he led himself."""
    return any(office.role == "steward" for office in actor.offices)
