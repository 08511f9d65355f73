"""The bulk form of `log_activity`: a ledger's rows of one station, field by field.

It applies the declarations of the model's fields and the rules of `Activity.clean` to each distinct value instead of to each
row; a test proves that it refuses the same rows for the same fields as `full_clean()` does.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.actions.place import Places, covers, entering_office, future_faults
from activities.models import Activity
from activities.models.activity import span_faults
from culture_admin.accounts.acting import acting
from culture_admin.workflow.actions import record_entries
from culture_admin.workflow.bulk import copy_text, insert_rows, reserve_keys
from culture_admin.workflow.steps import Place, content_hash
from stations.models import Station

# The order is that of flows.activity_content: the hash of a row is the same whichever way it came in.
DEFAULTS = {
    "title": "",
    "kind_id": None,
    "genre_id": None,
    "village_id": None,
    "venue": "",
    "begins_on": None,
    "begins_time": None,
    "ends_on": None,
    "ends_time": None,
    "attendance": None,
    "online_attendance": None,
    "estimated": False,
    "class_minutes": None,
    "posting": None,
    "team_id": None,
    "note": "",
}
CHECKED = ("title", "venue", "attendance", "online_attendance", "class_minutes", "note")
COLUMNS = (
    "id", "title", "kind_id", "genre_id", "village_id", "venue", "begins_on", "begins_time", "ends_on", "ends_time",
    "attendance", "online_attendance", "estimated", "class_minutes", "posting_id", "team_id", "note", "batch_row",
    "client_uuid", "division_id", "county_id", "steward_id", "firm_id", "led_by",
    "station_id", "state", "version", "recorded_at", "recorded_by_id", "batch_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that cannot be stored: which row of the columns (from 0), which field, and what to say about it."""

    index: int
    field: str
    code: str
    message: str


def check_columns(columns: dict[str, Sequence], today: date) -> list[Fault]:
    """Every fault of every row, in row order. `columns` has the names of DEFAULTS; a column left out is its default."""
    columns, count = _complete(columns)
    faults: list[Fault] = []
    for name in CHECKED:
        field = Activity._meta.get_field(name)
        refused = {value: fault for value in set(columns[name]) if (fault := _refusal(field, value))}
        if refused:
            faults += [
                Fault(index, name, *refused[value]) for index, value in enumerate(columns[name]) if value in refused
            ]
    spans = list(zip(*(columns[name] for name in ("begins_on", "begins_time", "ends_on", "ends_time")), strict=True))
    crooked = {
        span: found for span in set(spans) if (found := span_faults(*span) or future_faults(span[0], today))
    }
    if crooked:
        faults += [
            Fault(index, field, "invalid_span", str(message))
            for index, span in enumerate(spans)
            if span in crooked
            for field, message in crooked[span].items()
        ]
    for index in range(count):
        posting = columns["posting"][index]
        if posting and not covers(posting, columns["begins_on"][index]):
            faults.append(Fault(index, "posting", "posting_not_then", _("The steward was not posted here on that day.")))
    return sorted(faults, key=lambda fault: fault.index)


def log_activities(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    columns: dict[str, Sequence],
    batch=None,
    batch_rows: Sequence[int] | None = None,
) -> list[int]:
    """Logs many activities of one station in one transaction; returns their keys in order.

    As with one activity, a member of the station confirms them by the same act, anybody else's wait for the station.
    Raises ValidationError if a single value cannot be stored, PermissionDenied with the matrix's sentence.
    """
    at = at or timezone.now()
    faults = check_columns(columns, timezone.localdate(at))
    if faults:
        raise ValidationError([f"{fault.index + 1}, {fault.field}: {fault.message}" for fault in faults[:20]])
    columns, count = _complete(columns)
    firms = {posting.firm_id if posting else None for posting in columns["posting"]}
    office, confirmed = entering_office(actor, station, "activities", next(iter(firms)) if len(firms) == 1 else None)
    state = Activity.State.CONFIRMED if confirmed else Activity.State.LOGGED
    with acting(actor):
        keys = reserve_keys(Activity, count)
        lines, entries = _lines(keys, station, columns, batch_rows, [state, 1, at, actor.pk, batch.pk if batch else None])
        insert_rows(Activity, COLUMNS, lines)
        record_entries(Activity, step="log", state=state, office=office, actor=actor, at=at, entries=entries)
    return keys


def _lines(keys, station, columns, batch_rows, shared) -> tuple[list[str], list[tuple[int, str, Place]]]:
    """The rows in COPY text format, and what a decision on each is about."""
    places, path = Places(), station.division.path
    grounds = {day: places.on(station, day) for day in set(columns["begins_on"])}
    texts = {name: {value: copy_text(value) for value in set(columns[name])} for name in ("title", "venue", "note")}
    tail = "\t".join(copy_text(value) for value in (station.pk, *shared)) + "\n"
    identifiers = _client_ids(len(keys))
    follows: dict[tuple, tuple[str, Place]] = {}
    lines, entries = [], []
    values = zip(keys, batch_rows or [None] * len(keys), identifiers, *columns.values(), strict=True)
    for key, row, identifier, *entered in values:
        title, kind, genre, village, venue, begins_on, begins_time, ends_on, ends_time = entered[:9]
        attendance, online, estimated, minutes, posting, team, note = entered[9:]
        ground = grounds[begins_on]
        known = follows.get((ground, posting))
        if known is None:
            known = follows[ground, posting] = _follows(ground, posting, path, station.pk)
        follow, place = known
        posting_id = posting.pk if posting else None
        hashed = (
            title, kind, genre, station.pk, village, venue, begins_on, begins_time, ends_on, ends_time,
            attendance, online, estimated, minutes, posting_id, team, note,
        )  # fmt: skip
        entries.append((key, content_hash(hashed), place))
        stored = (
            key, texts["title"][title], kind, genre, village, texts["venue"][venue], begins_on, begins_time, ends_on,
            ends_time, attendance, online, "t" if estimated else "f", minutes, posting_id, team, texts["note"][note], row,
        )  # fmt: skip
        cells = "\t".join(["\\N" if value is None else str(value) for value in stored])
        lines.append(f"{cells}\t{identifier}\t{follow}\t{tail}")
    return lines, entries


def _follows(ground, posting, path: str, station_id: int) -> tuple[str, Place]:
    """What follows from the ground and the posting of a row: its columns as text, and its place."""
    firm = posting.firm_id if posting else None
    led_by = Activity.LedBy.STEWARD if posting else Activity.LedBy.STATION
    steward = posting.steward_id if posting else None
    text = "\t".join(copy_text(value) for value in (ground.division_id, ground.county_id, steward, firm, led_by.value))
    return text, Place(path, ground.division_id, station_id, firm)


def _client_ids(count: int) -> list[str]:
    """Random UUIDs, version 4."""
    digits = os.urandom(16 * count).hex()
    parts = (digits[start : start + 32] for start in range(0, 32 * count, 32))
    return [f"{part[:12]}4{part[13:16]}8{part[17:]}" for part in parts]


def _complete(columns: dict[str, Sequence]) -> tuple[dict[str, Sequence], int]:
    """All columns in the order of DEFAULTS, and how many rows they have."""
    unknown = set(columns) - set(DEFAULTS)
    if unknown:
        raise TypeError(f"no such columns: {sorted(unknown)}")
    count = len(columns["title"])
    whole = {name: columns.get(name) or [default] * count for name, default in DEFAULTS.items()}
    whole["ends_on"] = [end or begin for begin, end in zip(whole["begins_on"], whole["ends_on"], strict=True)]
    return whole, count


def _refusal(field, value) -> tuple[str, str] | None:
    try:
        field.clean(value, None)
    except ValidationError as refused:
        error = refused.error_list[0]
        return error.code or "invalid", " ".join(refused.messages)
    return None
