"""The bulk form of `log_activity`: a ledger's rows of one station, field by field.

It applies the declarations of the model's fields and the rules of `Activity.clean` to each distinct value instead of to each
row; a test proves that it refuses the same rows for the same fields as `full_clean()` does.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import repeat

from django.core.exceptions import ValidationError
from django.db.models import CharField, PositiveIntegerField, TextField
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.actions.deliveries import KINDS
from activities.actions.entering import ENTERED
from activities.actions.months import note_change
from activities.actions.place import covers, entering_office, future_faults
from activities.actions.villages import Villages
from activities.models import Activity
from activities.models.activity import span_faults
from activities.models.bounds import CONTENT, LATE_AFTER
from culture_admin.accounts.acting import acting
from culture_admin.interfaces.text import is_ordinary
from culture_admin.workflow.actions import record_entries
from culture_admin.workflow.bulk import insert_rows, reserve_keys
from culture_admin.workflow.steps import content_hashes
from stations.actions.places import Places
from stations.models import Station
from stewards.actions.deliveries import settle_records

FIELDS = [Activity._meta.get_field(name) for name in ENTERED if name != "station"]
# Every column with what stands in it where nothing is said: links go by their ids, but for the posting, from which more follows.
DEFAULTS = {
    "posting" if field.name == "posting" else field.attname: None
    if field.name == "client_uuid"
    else field.get_default()
    for field in FIELDS
}
# Texts and numbers, of which each distinct value is checked once; dates and clocks are checked together.
CHECKED = tuple(field.name for field in FIELDS if isinstance(field, CharField | TextField | PositiveIntegerField))
LedBy = Activity.LedBy


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
    crooked = {span: found for span in set(spans) if (found := span_faults(*span) or future_faults(span[0], today))}
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
            faults.append(
                Fault(index, "posting", "posting_not_then", _("The steward was not posted here on that day."))
            )
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

    As with one activity, a member of the station confirms them by the same act, anybody else's wait for the station. Columns
    have the names of DEFAULTS; links are ids, of rows that the caller knows to be the station's.
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
        follow = _following(columns, station)
        posting = columns.pop("posting")
        columns["posting_id"] = [each.pk if each else None for each in posting]
        rows = {
            "id": keys,
            **columns,
            **follow,
            "client_uuid": [
                given or fresh for given, fresh in zip(columns["client_uuid"], _client_ids(count), strict=True)
            ],
            "late": _late(columns["ends_on"], timezone.localdate(at)),
            "batch_row": list(batch_rows or repeat(None, count)),
        }
        shared = {
            "station_id": station.pk,
            "state": state,
            "version": 1,
            "counted_by": Activity.CountedBy.HEADS,
            "planned": False,
            "recorded_at": at,
            "recorded_by_id": actor.pk,
            "batch_id": batch.pk if batch else None,
        }
        insert_rows(Activity, rows, shared)
        content = {**rows, "station_id": [station.pk] * count}
        entries = {
            "subject_id": keys,
            "content_hash": content_hashes(content[name] for name in CONTENT),
            "division_id": follow["division_id"],
            "firm_id": follow["firm_id"],
        }
        record_entries(
            Activity, step="log", state=state, office=office, actor=actor, at=at, station_id=station.pk, entries=entries
        )
        if confirmed:
            act = _("From a ledger: %(file)s") % {"file": batch.file_name} if batch else _said(columns["title"])
            touched = ((station.pk, day) for day in set(columns["begins_on"]))
            note_change(touched, actor=actor, at=at, act=act)
            settle_records(KINDS[Activity], keys, set(columns["posting_id"]), at=at)
    return keys


def _said(titles: Sequence[str]) -> str:
    if len(titles) == 1:
        return _("Logged: %(title)s") % {"title": titles[0]}
    return _("%(number)d logged together, the first: %(title)s") % {"number": len(titles), "title": titles[0]}


def _late(last_days: Sequence[date], today: date) -> list[bool]:
    """Whether each was logged long after its day."""
    found = {day: today - day > LATE_AFTER for day in set(last_days)}
    return [found[day] for day in last_days]


def _following(columns: dict[str, Sequence], station: Station) -> dict[str, list]:
    """The columns that follow from the day, the venue and the posting of each row."""
    places, villages = Places(), Villages(station)
    grounds = {day: places.at_work(station, day) for day in set(columns["begins_on"])}
    postings = columns["posting"]
    return {
        "village_id": [
            said or ((named := villages.named(venue, day)) and named.pk)
            for said, venue, day in zip(columns["village_id"], columns["venue"], columns["begins_on"], strict=True)
        ],
        "division_id": [grounds[day].division_id for day in columns["begins_on"]],
        "county_id": [grounds[day].county_id for day in columns["begins_on"]],
        "steward_id": [posting.steward_id if posting else None for posting in postings],
        "firm_id": [posting.firm_id if posting else None for posting in postings],
        "led_by": [(LedBy.STEWARD if posting else LedBy.STATION).value for posting in postings],
    }


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
    if isinstance(value, str) and 0 < len(value) <= field.max_length and is_ordinary(value):
        # What nearly every text of a ledger is, seen at a glance; no declared rule refuses it.
        return None
    try:
        field.clean(value, None)
    except ValidationError as refused:
        error = refused.error_list[0]
        return error.code or "invalid", " ".join(refused.messages)
    return None
