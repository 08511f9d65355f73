"""A ledger of activities: its rows matched to what is there, written, and taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.actions.bulk import check_columns, log_activities
from activities.actions.logging import change_activity
from activities.actions.months import settled_months
from activities.actions.place import covers
from activities.actions.villages import Villages
from activities.models import Activity, Genre, Kind, KindWord, Team
from activities.models.bounds import LATE_AFTER
from activities.models.returns import month_of
from culture_admin.exchange.ledgers import CHANGED, NEW, SAME, Plan
from culture_admin.exchange.models import Import
from culture_admin.exchange.records import FaultyCell, Records, RefusedRow
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import StepRefused, perform
from stations.models import Station
from stewards.models import Posting

# What a row of a ledger says; a row equals an activity when all of these do.
SAID = (
    "title", "begins_on", "venue", "kind_id", "genre_id", "begins_time", "ends_on", "ends_time", "attendance",
    "online_attendance", "estimated", "class_seconds", "note",
)  # fmt: skip
# What makes two rows speak of the same activity.
IDENTITY = ("title", "begins_on", "venue")
FIELDS = {"kind_id": "kind", "genre_id": "genre"}
KIND_QUESTION = "kind:"


def plan_activities(records: Records, unit: Unit, actor, answers: Mapping[str, str], today: date) -> Plan:
    """Matches the rows of a ledger to the station's activities; a steward's name leads to his posting on that day."""
    values, count = records.values, len(records)
    kinds = dict(Kind.objects.values_list("code", "pk"))
    genres = {
        name: pk for pk, code, name in Genre.objects.values_list("pk", "code", "name_zh") for name in (code, name)
    }
    blank: list[Any] = [None] * count
    columns: dict[str, list] = {
        name: [value or "" for value in values.get(name, blank)] for name in ("title", "venue", "note")
    }
    columns |= {name: list(values.get(name, blank)) for name in SAID if name not in columns}
    columns["venue"] = [
        venue or village or "" for venue, village in zip(columns["venue"], values.get("village", blank), strict=True)
    ]
    columns["kind_id"] = [kinds[code] for code in values["kind"]]
    columns["genre_id"] = [genres.get(name) for name in values.get("genre", blank)]
    columns["estimated"] = [bool(value) for value in columns["estimated"]]
    columns["ends_on"] = [end or begin for begin, end in zip(columns["begins_on"], columns["ends_on"], strict=True)]
    plan = Plan(records, [NEW] * count, [None] * count, columns)
    columns["posting"] = _postings(plan, unit, values.get("steward", blank))
    columns["village_id"] = _villages(plan, unit, values.get("village", blank))
    columns["team_id"] = _teams(plan, unit, values.get("team", blank))
    for fault in check_columns(columns, today):
        plan.refusals += _refuse(plan, fault.index, fault.field, fault.code, fault.message)
    _match(plan, unit)
    _note_settled_months(plan, unit)
    _note_late(plan, today)
    return plan


def write_activities(plan: Plan, batch: Import, actor, at: datetime) -> int:
    """Writes the new rows in bulk and the changed ones each by itself; returns how many that were."""
    station = Station.objects.select_related("division").get(pk=batch.unit_id)
    new = plan.positions(NEW)
    if new:
        log_activities(
            actor=actor,
            at=at,
            station=station,
            columns={name: [column[position] for position in new] for name, column in plan.columns.items()},
            batch=batch,
            batch_rows=[plan.records.rows[position] for position in new],
        )
    changed = plan.positions(CHANGED)
    rows = Activity.objects.in_bulk([plan.existing[position] for position in changed])
    for position in changed:
        activity = rows[plan.existing[position]]
        batch.changes[str(activity.pk)] = {
            "version": activity.version + 1,
            **{name: _plain(getattr(activity, name)) for name in SAID},
        }
        _change(activity, {name: plan.columns[name][position] for name in SAID}, actor, at)
    return len(new) + len(changed)


def undo_activities(batch: Import, actor, at: datetime) -> int:
    """Voids the rows the import made and gives the changed ones their content back, if nobody has touched them since."""
    made = list(Activity.objects.filter(batch=batch).exclude(state=Activity.State.VOID))
    changed = Activity.objects.in_bulk([int(key) for key in batch.changes])
    touched = sum(activity.version != 1 for activity in made)
    touched += sum(activity.version != batch.changes[str(key)]["version"] for key, activity in changed.items())
    if touched:
        raise StepRefused(
            "touched_since",
            _("%(count)d of the rows were changed after the import; they would be lost.") % {"count": touched},
        )
    if made:
        perform(made, "void", actor=actor, comment=_("Import undone: %(file)s") % {"file": batch.file_name}, at=at)
    for key, activity in changed.items():
        before = {name: _read(name, value) for name, value in batch.changes[str(key)].items() if name != "version"}
        _change(activity, before, actor, at)
    return len(made) + len(changed)


def known_kinds(unit: Unit) -> dict[str, str]:
    """What the station has said before that its words for kinds mean."""
    words = KindWord.objects.filter(station_id=unit.pk).values_list("word", "kind__code")
    return {KIND_QUESTION + word: code for word, code in words}


def remember_kinds(unit: Unit, answers: Mapping[str, str]) -> None:
    kinds = dict(Kind.objects.values_list("code", "pk"))
    for question, choice in answers.items():
        if question.startswith(KIND_QUESTION):
            word = question.removeprefix(KIND_QUESTION)[:60]
            KindWord.objects.update_or_create(station_id=unit.pk, word=word, defaults={"kind_id": kinds[choice]})


def _postings(plan: Plan, unit: Unit, names: Sequence[str | None]) -> list[Posting | None]:
    """The posting behind each row's steward: by name, among those posted to this station on that day."""
    here: dict[str, list[Posting]] = defaultdict(list)
    for each in Posting.objects.decided().filter(station_id=unit.pk).select_related("steward"):
        here[each.steward.name].append(each)
    found: list[Posting | None] = []
    for position, name in enumerate(names):
        day = plan.columns["begins_on"][position]
        posting = next((each for each in here.get(name, ()) if covers(each, day)), None) if name else None
        found.append(posting)
        if name and posting is None:
            known = name in here
            message = (
                _("%(steward)s was not posted to this station on %(day)s; the row counts as the station's own.")
                if known
                else _("No steward “%(steward)s” is posted to this station; the row counts as the station's own.")
            )
            code = "steward_not_posted" if known else "steward_unknown"
            plan.note(position, code, message % {"steward": name, "day": day})
    return found


def _villages(plan: Plan, unit: Unit, names: Sequence[str | None]) -> list[int | None]:
    """The village of each name on that day; a name that no village of the town has is said once."""
    if not any(names):
        return [None] * len(plan.records)
    villages = Villages(Station.objects.select_related("division").get(pk=unit.pk))
    found = [villages.called(name or "", day) for name, day in zip(names, plan.columns["begins_on"], strict=True)]
    first = {name: position for position, name in reversed(list(enumerate(names)))}
    for name, position in first.items():
        if name and found[position] is None:
            plan.note(position, "village_unknown", _("No village “%(village)s” lies in this town.") % {"village": name})
    return [village.pk if village else None for village in found]


def _teams(plan: Plan, unit: Unit, names: Sequence[str | None]) -> list[int | None]:
    """The station's team of each name; a name nobody bears is said once."""
    teams = dict(Team.objects.filter(station_id=unit.pk).registered().values_list("name", "pk")) if any(names) else {}
    first = {name: position for position, name in reversed(list(enumerate(names)))}
    for name, position in first.items():
        if name and name not in teams:
            message = _("No team “%(team)s” stands in the register of this station.") % {"team": name}
            plan.note(position, "team_unknown", message)
    return [teams.get(name) for name in names]


def _note_late(plan: Plan, today: date) -> None:
    """Rows that come long after their day go in, marked late; it is said once, at the first of them."""
    late = [
        position
        for position, (status, last) in enumerate(zip(plan.status, plan.columns["ends_on"], strict=True))
        if status == NEW and today - last > LATE_AFTER
    ]
    if late:
        message = ngettext(
            "%(rows)d row comes more than %(days)d days after its day and is marked late.",
            "%(rows)d rows come more than %(days)d days after their day and are marked late.",
            len(late),
        )
        plan.note(late[0], "late", message % {"rows": len(late), "days": LATE_AFTER.days})


def _note_settled_months(plan: Plan, unit: Unit) -> None:
    """A row of a month the station has answered for goes in like any other, and the month is answered for again."""
    days = plan.columns["begins_on"]
    rows = [position for position, status in enumerate(plan.status) if status in (NEW, CHANGED)]
    settled = settled_months(unit.pk, {days[position] for position in rows})
    if not settled:
        return
    message = _("%(month)s is confirmed or closed already; the row reopens it.")
    messages = {month: message % {"month": date_format(month, "YEAR_MONTH_FORMAT")} for month in settled}
    for position in rows:
        if month_of(days[position]) in settled:
            plan.note(position, "closed_month", messages[month_of(days[position])])


def _refuse(plan: Plan, position: int, field: str, code: str, message: str) -> list[RefusedRow]:
    """The refusal of a row by a rule of the record; a second fault of the same row is said with the first."""
    value = plan.columns[field][position]
    fault: FaultyCell = {
        "column": plan.records.words.get(field),
        "value": "" if value is None else str(value),
        "code": code,
        "message": message,
    }
    if plan.status[position] is None:
        plan.refusals[-1]["also"].append(fault)
        return []
    plan.status[position] = None
    return [{"row": plan.records.rows[position], "sheet": plan.records.sheets[position], **fault, "also": []}]


def _match(plan: Plan, unit: Unit) -> None:
    """Rows that are there already are the same; one row and one activity of the same identity left over are a change."""
    columns = plan.columns
    days = [day for day, status in zip(columns["begins_on"], plan.status, strict=True) if status]
    if not days:
        return
    whole: dict[tuple, list[int]] = defaultdict(list)
    by_identity: dict[tuple, list[int]] = defaultdict(list)
    there = (
        Activity.objects.filter(station_id=unit.pk, begins_on__gte=min(days), begins_on__lte=max(days))
        .exclude(state=Activity.State.VOID)
        .order_by("pk")
    )
    for pk, *said in there.values_list("pk", *SAID):
        whole[tuple(said)].append(pk)
        by_identity[tuple(said[: len(IDENTITY)])].append(pk)
    if not by_identity:
        return
    taken: set[int] = set()
    open_rows: dict[tuple, list[int]] = defaultdict(list)
    for position, said in enumerate(zip(*(columns[name] for name in SAID), strict=True)):
        if plan.status[position] is None:
            continue
        if whole.get(said):
            plan.status[position], plan.existing[position] = SAME, whole[said].pop(0)
            taken.add(plan.existing[position])
        else:
            open_rows[said[: len(IDENTITY)]].append(position)
    for identity, positions in open_rows.items():
        left = [pk for pk in by_identity.get(identity, ()) if pk not in taken]
        if len(left) == len(positions) == 1:
            plan.status[positions[0]], plan.existing[positions[0]] = CHANGED, left[0]


def _change(activity: Activity, said: Mapping[str, Any], actor, at: datetime) -> None:
    codes = {"kind_id": Kind.objects, "genre_id": Genre.objects}
    changes = {
        FIELDS.get(name, name): codes[name].filter(pk=value).first() if name in codes else value
        for name, value in said.items()
    }
    change_activity(actor=actor, activity=activity, at=at, **changes)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in ("begins_on", "ends_on"):
        return date.fromisoformat(value)
    return time.fromisoformat(value) if name in ("begins_time", "ends_time") else value
