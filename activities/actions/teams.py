"""Register a team, change its file."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.actions.locking import lock
from activities.actions.place import Places, entering_office, posting_for
from activities.models import Genre, Team
from activities.models.team import IN_REGISTER, LIVING
from culture_admin.accounts.acting import acting
from culture_admin.accounts.powers import Office, require
from culture_admin.territory.models import search_key
from culture_admin.workflow.actions import StepRefused, record_entry
from stations.models import Station
from stewards.models import Posting

CHANGEABLE = (
    "name", "genre", "village", "venue", "leader", "deputy", "members", "men", "women", "aged", "rehearsal", "tutor",
    "supervisor", "subsidy", "founded_on",
)  # fmt: skip
# Set from the posting, and empty where the station founded the team by itself.
FOLLOWING = ("steward", "firm")


def register_team(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    name: str,
    genre: Genre | None = None,
    village: str = "",
    venue: str = "",
    leader: str = "",
    members: int | None = None,
    founded_on: date | None = None,
    deputy: str = "",
    men: int | None = None,
    women: int | None = None,
    aged: int | None = None,
    rehearsal: str = "",
    tutor: str = "",
    supervisor: str = "",
    subsidy: Decimal | None = None,
    posting: Posting | None = None,
    batch=None,
    batch_row: int | None = None,
) -> Team:
    """Puts a team into the station's register; a steward's team waits until the station registers it.

    A team stands in the register from the day it was founded, where that is known, else from today.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    _refuse_future(founded_on, today)
    posting = posting_for(actor, station, founded_on or today, posting)
    office, confirmed = entering_office(actor, station, "activities.teams", posting.firm_id if posting else None)
    ground = Places().on(station, founded_on or today)
    team = Team(
        station=station,
        division_id=ground.division_id,
        county_id=ground.county_id,
        name=name,
        search=search_key(name),
        genre=genre,
        village=village,
        venue=venue,
        leader=leader,
        members=members,
        men=men,
        women=women,
        aged=aged,
        deputy=deputy,
        rehearsal=rehearsal,
        tutor=tutor,
        supervisor=supervisor,
        subsidy=subsidy,
        founded_on=founded_on,
        posting=posting,
        steward_id=posting.steward_id if posting else None,
        firm_id=posting.firm_id if posting else None,
        registered_on=min(founded_on or today, today) if confirmed else None,
        state=Team.State.REGISTERED if confirmed else Team.State.APPLIED,
        batch=batch,
        batch_row=batch_row,
    )
    with acting(actor):
        team.full_clean(exclude=FOLLOWING)
        team.save()
        record_entry(team, step="register", office=office, actor=actor, at=at)
    return team


def change_team(*, actor, team: Team, at: datetime | None = None, seen: int | None = None, **changes) -> Team:
    """Changes the file of a team that stands in the register or waits for it. `seen` is the version the actor looked at.

    A team stands in the register from the day it was founded, also when that day is corrected.
    Raises ValidationError, PermissionDenied, StepRefused (`stale`).
    """
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    at = at or timezone.now()
    _refuse_future(changes.get("founded_on"), timezone.localdate(at))
    with acting(actor):
        row = lock(Team.objects.visible_to(actor).select_related("station__division"), team, seen)
        office = changing_office(actor, row)
        for name, value in changes.items():
            setattr(row, name, value)
        if row.registered_on and changes.get("founded_on"):
            row.registered_on = min(changes["founded_on"], timezone.localdate(at))
        row.search = search_key(row.name)
        row.version += 1
        row.full_clean(exclude=FOLLOWING)
        row.save()
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
    return row


def changing_office(actor, team: Team) -> Office:
    """The office in which the actor may change the team's file; raises StepRefused for its state, PermissionDenied else."""
    if team.state not in LIVING:
        raise StepRefused(
            "illegal_transition",
            _("The record is “%(state)s” and is not changed any more.") % {"state": team.get_state_display()},
            team.pk,
        )
    verbs = ("decide",) if team.state in IN_REGISTER else ("decide", "propose")
    office, _verb = require(
        actor.offices, "activities.teams", verbs, path=team.station.division.path, unit_id=team.firm_id
    )
    return office


def _refuse_future(founded_on: date | None, today: date) -> None:
    if founded_on and founded_on > today:
        message = _("%(day)s is in the future.") % {"day": founded_on}
        raise ValidationError({"founded_on": ValidationError(message, code="in_the_future")})
