"""Merge two files of one team: what stands under the double goes to the one that is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import combinations

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.actions.contacts import keep_phone
from activities.actions.deliveries import deliver
from activities.actions.stars import end_overtaken
from activities.models import Activity, Series, Team, TeamContact, TeamStar, Work
from activities.models.team import LIVING
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import Office
from culture_admin.workflow.actions import StepRefused, perform, record_entries, record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.steps import FLOWS, content_hash

POWER = "activities.teams"


def merge_teams(
    *,
    actor,
    kept: Team,
    doubled: Team,
    comment: str,
    at: datetime | None = None,
    seen: int | None = None,
    seen_doubled: int | None = None,
) -> Team:
    """Merges the file `doubled` into `kept`, for good; gives back the one that is kept.

    Activities, series, works and stars of the double become the kept team's; of the two days of registration and of
    foundation the earlier one stays; the double never stood in the register beside it. `seen` and `seen_doubled` are the versions the actor looked at.
    Raises PermissionDenied, StepRefused (`stale`, `same_team`, `other_station`, `kept_not_registered`, `illegal_transition`).
    """
    at = at or timezone.now()
    with acting(actor):
        kept, doubled = _lock(actor, kept, doubled, seen, seen_doubled)
        office, _verb = require(actor.offices, POWER, ("decide",), path=kept.station.division.path)
        _refuse_unlike(kept, doubled)
        for rows in (Activity.objects.filter(team=doubled), Work.objects.filter(team=doubled)):
            _move(rows, kept, office, actor, at)
        dates = TeamStar.objects.filter(team=kept).values("awarded_on")
        TeamStar.objects.filter(team=doubled).exclude(awarded_on__in=dates).update(team=kept)
        end_overtaken(kept)
        Series.objects.filter(team=doubled).update(team=kept, version=F("version") + 1)
        if doubled.registered_on and kept.registered_on:
            kept.registered_on = min(kept.registered_on, doubled.registered_on)
        founded = [team.founded_on for team in (kept, doubled) if team.founded_on]
        if founded:
            # Whoever stood in the register on a day was founded by then.
            kept.founded_on = min([*founded, *filter(None, [kept.registered_on])])
        Team.objects.filter(pk=doubled.pk).update(merged_into=kept, deregistered_on=F("registered_on"))
        perform(doubled, "merge", actor=actor, comment=comment, at=at)
        kept.version += 1
        kept.save(update_fields=["registered_on", "founded_on", "version"])
        _take_over_phone(kept, doubled, office, actor, at)
        record_entry(kept, step="absorb", office=office, actor=actor, at=at, from_state=kept.state, comment=comment)
        deliver([kept, doubled], at=at)
    return kept


def _take_over_phone(kept: Team, doubled: Team, office: Office, actor, at: datetime) -> None:
    """The leader's telephone of the double, where the kept file has none and the same leader; that of a merged file is purged."""
    there = TeamContact.objects.filter(team__in=[kept, doubled], phone__isnull=False).in_bulk()
    if doubled.pk in there and kept.pk not in there and kept.leader == doubled.leader:
        keep_phone(kept, there[doubled.pk].phone.in_clear(), office=office, actor=actor, at=at)


def pairs_of(teams: Iterable[Team]) -> list[tuple[Team, Team]]:
    """Pairs of teams of one station that have the same leader or names that sound the same, from `Team.objects.doubled()`.

    Of each pair the file that was entered first comes first.
    """
    alike: dict[tuple[int, str], list[Team]] = defaultdict(list)
    for team in teams:
        alike[team.station_id, f"sound {team.sound}"].append(team)
        if team.leader:
            alike[team.station_id, f"leader {team.leader}"].append(team)
    found = [pair for group in alike.values() for pair in combinations(sorted(group, key=lambda one: one.pk), 2)]
    return list({(one.pk, other.pk): (one, other) for one, other in found}.values())


def _lock(actor, kept: Team, doubled: Team, seen: int | None, seen_doubled: int | None) -> tuple[Team, Team]:
    """Both files, locked in key order so that two who merge the same pair wait and do not deadlock."""
    if kept.pk == doubled.pk:
        raise StepRefused("same_team", _("A team is not merged with itself."), kept.pk)
    files = Team.objects.visible_to(actor).select_related("station__division")
    wanted = sorted([(kept, seen), (doubled, seen_doubled)], key=lambda pair: pair[0].pk)
    locked = {team.pk: lock(files, team, version) for team, version in wanted}
    return locked[kept.pk], locked[doubled.pk]


def _refuse_unlike(kept: Team, doubled: Team) -> None:
    if kept.station_id != doubled.station_id:
        raise StepRefused("other_station", _("The two teams belong to different stations."), doubled.pk)
    for team in (kept, doubled):
        if team.state not in LIVING:
            raise closed_to_change(team)
    if doubled.registered_on and not kept.registered_on:
        raise StepRefused("kept_not_registered", _("Keep the file that stands in the register."), kept.pk)


def _move(rows: models.QuerySet, kept: Team, office: Office, actor, at: datetime) -> None:
    """Gives rows to the kept team, set-wise; each has a decision about its new content, or it could not be decided on later."""
    flow = FLOWS[rows.model]
    moved = list(rows.order_by("pk").select_for_update(of=("self",)))
    rows.model.objects.filter(pk__in=[row.pk for row in moved]).update(team=kept, version=F("version") + 1)
    for row in moved:
        row.team_id = kept.pk
    for state in sorted({row.state for row in moved}):
        of_state = [row for row in moved if row.state == state]
        record_entries(
            rows.model,
            step="change",
            state=state,
            office=office,
            actor=actor,
            at=at,
            station_id=kept.station_id,
            entries=_entries(of_state, flow.content),
        )


def _entries(rows: Iterable[models.Model], content) -> dict[str, list]:
    return {
        "subject_id": [row.pk for row in rows],
        "content_hash": [content_hash(content(row)) for row in rows],
        "division_id": [row.division_id for row in rows],
        "firm_id": [row.firm_id for row in rows],
    }
