"""Register a team or a list of them, change a team's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby, repeat
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from activities.actions.contacts import keep_phone, keep_phones, phone_of
from activities.actions.deliveries import deliver
from activities.actions.place import entering_office, posting_for
from activities.models import Genre, Team
from activities.models.team import IN_REGISTER, LIVING
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import Office
from culture_admin.territory.models import search_key
from culture_admin.workflow.actions import record_entries, record_entry
from culture_admin.workflow.days import refuse_future
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.steps import FLOWS, content_hash
from stations.actions.places import Places
from stations.models import Station
from stewards.models import Posting

CHANGEABLE = (
    "name", "genre", "village", "venue", "leader", "deputy", "members", "men", "women", "aged", "rehearsal", "tutor",
    "supervisor", "subsidy", "founded_on",
)  # fmt: skip
# Set from the posting, and empty where the station founded the team by itself.
FOLLOWING = ("steward", "firm")
TEAM_ONCE = next(rule for rule in Team._meta.constraints if rule.name == "team_once")
LINKS = [field.name for field in Team._meta.fields if field.many_to_one]


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
    phone: str = "",
    batch=None,
    batch_row: int | None = None,
) -> Team:
    """Puts a team into the station's register; a steward's team waits until the station registers it.

    A team stands in the register from the day it was founded, where that is known, else from today. `phone` is the leader's,
    and kept sealed.
    """
    at, told = at or timezone.now(), phone_of(phone)
    entries = {
        "name": name,
        "genre": genre,
        "village": village,
        "venue": venue,
        "leader": leader,
        "members": members,
        "men": men,
        "women": women,
        "aged": aged,
        "deputy": deputy,
        "rehearsal": rehearsal,
        "tutor": tutor,
        "supervisor": supervisor,
        "subsidy": subsidy,
        "founded_on": founded_on,
        "batch": batch,
        "batch_row": batch_row,
    }
    team, office = _team(actor, station, timezone.localdate(at), posting, Places(), entries)
    with acting(actor):
        team.full_clean(exclude=FOLLOWING)
        team.save()
        record_entry(team, step="register", office=office, actor=actor, at=at)
        keep_phone(team, told, office=office, actor=actor, at=at)
        deliver([team], at=at)
    return team


def register_teams(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    rows: Sequence[Mapping[str, Any]],
    posting: Posting | None = None,
    batch=None,
    batch_rows: Sequence[int] | None = None,
) -> list[Team]:
    """The set-wise form of `register_team`: a list of teams of one station, each with its entries by name.

    A telephone among them is one that was read.

    Raises what `register_team` raises, for the first team that cannot be registered; then none is.
    """
    at = at or timezone.now()
    today, places = timezone.localdate(at), Places()
    phones = [entries.get("phone") for entries in rows]
    entered = [
        _team(actor, station, today, posting, places, _without_phone(entries) | {"batch": batch, "batch_row": row})
        for entries, row in zip(rows, batch_rows or repeat(None, len(rows)), strict=True)
    ]
    with acting(actor):
        teams = [team for team, _office in entered]
        _check_all(teams, station)
        Team.objects.bulk_create(teams)
        content = FLOWS[Team].content
        for (state, office), together in groupby(entered, key=lambda each: (each[0].state, each[1])):
            group = [team for team, _office in together]
            entries = {
                "subject_id": [team.pk for team in group],
                "content_hash": [content_hash(content(team)) for team in group],
                "division_id": [team.division_id for team in group],
                "firm_id": [team.firm_id for team in group],
            }
            record_entries(
                Team,
                step="register",
                state=state,
                office=office,
                actor=actor,
                at=at,
                station_id=station.pk,
                entries=entries,
            )
        told = {team: phone for team, phone in zip(teams, phones, strict=True) if phone}
        keep_phones(told, office=entered[0][1] if entered else None, actor=actor, at=at)
        deliver(teams, at=at)
    return teams


def change_team(*, actor, team: Team, at: datetime | None = None, seen: int | None = None, **changes) -> Team:
    """Changes the file of a team that stands in the register or waits for it. `seen` is the version the actor looked at.

    A team stands in the register from the day it was founded, also when that day is corrected. `phone` is the leader's: of
    another leader it is another, and none where none is given. Raises ValidationError, PermissionDenied, StepRefused (`stale`).
    """
    unknown = set(changes) - {*CHANGEABLE, "phone"}
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    at, tells = at or timezone.now(), "phone" in changes
    phone = phone_of(changes.pop("phone", None))
    refuse_future("founded_on", changes.get("founded_on"), timezone.localdate(at))
    with acting(actor):
        row = lock(Team.objects.visible_to(actor).select_related("station__division"), team, seen)
        office = changing_office(actor, row)
        tells = tells or changes.get("leader", row.leader) != row.leader
        for name, value in changes.items():
            setattr(row, name, value)
        if row.registered_on and changes.get("founded_on"):
            row.registered_on = min(changes["founded_on"], timezone.localdate(at))
        row.search = search_key(row.name)
        row.version += 1
        row.full_clean(exclude=FOLLOWING)
        row.save()
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
        if tells:
            keep_phone(row, phone, office=office, actor=actor, at=at)
        deliver([row], at=at)
    return row


def changing_office(actor, team: Team) -> Office:
    """The office in which the actor may change the team's file; raises StepRefused for its state, PermissionDenied else."""
    if team.state not in LIVING:
        raise closed_to_change(team)
    verbs = ("decide",) if team.state in IN_REGISTER else ("decide", "propose")
    office, _verb = require(
        actor.offices, "activities.teams", verbs, path=team.station.division.path, unit_id=team.firm_id
    )
    return office


def _team(
    actor, station: Station, today: date, posting: Posting | None, places: Places, entries: Mapping[str, Any]
) -> tuple[Team, Office]:
    """A team as it is entered, not yet checked, and the office in which the actor enters it."""
    founded_on, name = entries.get("founded_on"), entries["name"]
    refuse_future("founded_on", founded_on, today)
    posting = posting_for(actor, station, founded_on or today, posting)
    office, confirmed = entering_office(actor, station, "activities.teams", posting.firm_id if posting else None)
    ground = places.at_work(station, founded_on or today)
    team = Team(
        station=station,
        division_id=ground.division_id,
        county_id=ground.county_id,
        search=search_key(name),
        posting=posting,
        steward_id=posting.steward_id if posting else None,
        firm_id=posting.firm_id if posting else None,
        registered_on=min(founded_on or today, today) if confirmed else None,
        state=Team.State.REGISTERED if confirmed else Team.State.APPLIED,
        **entries,
    )
    return team, office


def _without_phone(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entries.items() if name != "phone"}


def _check_all(teams: Sequence[Team], station: Station) -> None:
    """Checks each as `full_clean` does, with one query for all; what links point to, the door has looked up."""
    for team in teams:
        team.full_clean(exclude=LINKS, validate_unique=False, validate_constraints=False)
    names = {team.name for team in teams}
    living = Team.objects.filter(station=station, state__in=LIVING, name__in=names)
    known = set(living.values_list("name", "leader", "village"))
    for team in teams:
        identity = (team.name, team.leader, team.village)
        if identity in known:
            raise ValidationError(TEAM_ONCE.get_violation_error_message(), code=TEAM_ONCE.violation_error_code)
        known.add(identity)
