"""A register of teams: its rows matched to the station's teams, written, and taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from activities.actions.contacts import phone_of
from activities.actions.teams import change_team, register_teams
from activities.models import Genre, Team
from culture_admin.exchange.ledgers import CHANGED, NEW, SAME, Plan
from culture_admin.exchange.models import Import
from culture_admin.exchange.records import FaultyCell, Records
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.days import in_the_future
from stations.models import Station

SAID = ("name", "genre_id", "village", "venue", "leader", "members", "founded_on")
TEXTS = ("name", "village", "venue", "leader")


def plan_teams(records: Records, unit: Unit, actor, answers: Mapping[str, str], today: date) -> Plan:
    """Matches the rows of a register to the station's teams by name."""
    values, count = records.values, len(records)
    blank: list[Any] = [None] * count
    columns: dict[str, list] = {name: [value or "" for value in values.get(name, blank)] for name in TEXTS}
    columns |= {name: list(values.get(name, blank)) for name in ("members", "founded_on")}
    genres = _genres()
    columns["genre_id"] = [_genre_of(word, genres) for word in values.get("genre", blank)]
    plan = Plan(records, [NEW] * count, [None] * count, columns)
    columns["phone"] = _phones(plan, values.get("phone", blank))
    teams = Team.objects.filter(station_id=unit.pk).living()
    doubles = Team.objects.filter(station_id=unit.pk, state=Team.State.MERGED).select_related("merged_into")
    identity = _identity(columns["name"], [team.name for team in teams])
    there = {identity(team.name, team.leader, team.village): team for team in teams}
    merged = {identity(team.name, team.leader, team.village): team.kept for team in doubles}
    seen: dict[tuple, int] = {}
    for position in range(count):
        key = identity(columns["name"][position], columns["leader"][position], columns["village"][position])
        _refuse_faulty(plan, position, today, seen, key)
        team = there.get(key)
        if plan.status[position] and team:
            said = tuple(columns[name][position] for name in SAID)
            plan.existing[position] = team.pk
            plan.status[position] = SAME if said == tuple(getattr(team, name) for name in SAID) else CHANGED
        elif plan.status[position] and key in merged:
            _leave_merged(plan, position, merged[key])
    return plan


def write_teams(plan: Plan, batch: Import, actor, at: datetime) -> int:
    """Registers the new teams and changes the files of the others; returns how many that were."""
    station = Station.objects.select_related("division").get(pk=batch.unit_id)
    genres = Genre.objects.in_bulk()
    new = plan.positions(NEW)
    register_teams(
        actor=actor,
        at=at,
        station=station,
        rows=[_entries(plan, position, genres) | {"phone": plan.columns["phone"][position]} for position in new],
        batch=batch,
        batch_rows=[plan.records.rows[position] for position in new],
    )
    changed = plan.positions(CHANGED)
    teams = Team.objects.in_bulk([plan.existing[position] for position in changed])
    for position in changed:
        team = teams[plan.existing[position] or 0]
        before = {name: getattr(team, name) for name in SAID}
        before["founded_on"] = before["founded_on"].isoformat() if before["founded_on"] else None
        batch.changes[str(team.pk)] = {"version": team.version + 1, **before}
        told = plan.columns["phone"][position]
        changes = _entries(plan, position, genres) | ({"phone": told} if told else {})
        change_team(actor=actor, team=team, at=at, **changes)
    return len(new) + len(changed)


def undo_teams(batch: Import, actor, at: datetime) -> int:
    """Voids the teams the import registered and gives the changed files their content back, if nobody touched them."""
    made = list(Team.objects.filter(batch=batch).exclude(state=Team.State.VOID))
    changed = Team.objects.in_bulk([int(key) for key in batch.changes])
    touched = sum(team.version != 1 for team in made)
    touched += sum(team.version != batch.changes[str(key)]["version"] for key, team in changed.items())
    if touched:
        raise StepRefused(
            "touched_since",
            _("%(count)d of the rows were changed after the import; they would be lost.") % {"count": touched},
        )
    perform(made, "void", actor=actor, comment=_("Import undone: %(file)s") % {"file": batch.file_name}, at=at)
    genres = Genre.objects.in_bulk()
    for key, team in changed.items():
        before = dict(batch.changes[str(key)])
        before.pop("version")
        before["genre"] = genres.get(before.pop("genre_id"))
        before["founded_on"] = date.fromisoformat(before["founded_on"]) if before["founded_on"] else None
        change_team(actor=actor, team=team, at=at, **before)
    return len(made) + len(changed)


def _phones(plan: Plan, written: Sequence[str | None]) -> list[str | None]:
    """The telephones that can be read; of another is said that it is left out, and not how it reads."""
    found: list[str | None] = []
    for position, text in enumerate(written):
        try:
            found.append(phone_of(text))
        except ValidationError:
            plan.note(position, "phone_left_out", _("The telephone cannot be read and is left out."))
            found.append(None)
    return found


def _entries(plan: Plan, position: int, genres: dict[int, Genre]) -> dict[str, Any]:
    entries = {name: plan.columns[name][position] for name in SAID}
    entries["genre"] = genres.get(entries.pop("genre_id"))
    return entries


def _leave_merged(plan: Plan, position: int, kept: Team) -> None:
    """A row of a file that was merged says nothing new of the team, and does not bring the double back."""
    plan.existing[position], plan.status[position] = kept.pk, SAME
    message = _("This team was merged into “%(team)s”; the row is left alone.") % {"team": kept}
    plan.note(position, "team_merged", message)


def _genres() -> dict[str, int]:
    """Genres by code, by name and by each part of a name such as 排舞、广场舞."""
    known: dict[str, int] = {}
    for pk, code, name in Genre.objects.order_by("-position").values_list("pk", "code", "name_zh"):
        known |= dict.fromkeys([code, name, *name.split("、")], pk)
    return known


def _genre_of(word: str | None, genres: dict[str, int]) -> int | None:
    """The genre whose name is the word, or stands in it (女子合唱 is 合唱)."""
    if not word:
        return None
    if word in genres:
        return genres[word]
    inside = [name for name in genres if name in word and not name.isascii()]
    return genres[max(inside, key=len)] if inside else None


def _identity(*lists: list[str]) -> Callable[[str, str, str], tuple]:
    """What tells one team from another: the name, and where a list has the name twice, its leader and village too."""
    twice = {name for names in lists for name, times in Counter(names).items() if times > 1}
    return lambda name, leader, village: (name, leader, village) if name in twice else (name,)


def _refuse_faulty(plan: Plan, position: int, today: date, seen: dict[tuple, int], key: tuple) -> None:
    """Applies the declarations of the model's fields, and the rules a register adds to them."""
    columns, faults = plan.columns, []
    for name in ("name", "village", "venue", "leader", "members"):
        try:
            Team._meta.get_field(name).clean(columns[name][position], None)
        except ValidationError as refused:
            faults.append((name, refused.error_list[0].code or "invalid", " ".join(refused.messages)))
    founded_on = columns["founded_on"][position]
    if fault := in_the_future(founded_on, today):
        faults.append(("founded_on", fault.code, fault.messages[0]))
    if key in seen:
        message = _("This team stands in row %(row)d already.") % {"row": plan.records.rows[seen[key]]}
        faults.append(("name", "team_twice", message))
    seen.setdefault(key, position)
    if not faults:
        return
    cells: list[FaultyCell] = [
        {
            "column": plan.records.words.get(field),
            "value": "" if columns[field][position] is None else str(columns[field][position]),
            "code": code,
            "message": message,
        }
        for field, code, message in faults
    ]
    plan.status[position] = None
    plan.refusals.append(
        {"row": plan.records.rows[position], "sheet": plan.records.sheets[position], **cells[0], "also": cells[1:]}
    )
