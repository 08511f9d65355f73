"""Snapshots: numbers as they were read, kept byte for byte, and what is read otherwise when the same is asked again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from hashlib import sha256
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.statistics.models import Snapshot
from culture_admin.statistics.periods import Period
from culture_admin.statistics.questions import Hierarchy
from culture_admin.statistics.readers import Memory, Reader
from culture_admin.statistics.reading import Table, read
from culture_admin.statistics.register import METRICS
from culture_admin.statistics.tallies import Number
from culture_admin.territory.models import Division

POWER = "snapshots"
WRITERS = ("decide", "propose")
MOST_ASKED = 50
MOST_BYTES = 16 * 1024 * 1024
# Official figures are named officially, whoever has them read.
OFFICIAL = "zh-hans"


@dataclass(frozen=True)
class Asked:
    """One question: metrics by code, and the rest as `read` has it. where: several values of a dimension stand between commas.

    Without `last` it is asked up to the day on which the snapshot is taken.
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    as_of: date | None = None
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FrozenRow:
    """A row as it was read: what tells it apart, with the Chinese names of that day, and exact numbers by code."""

    keys: dict[str, object]
    values: dict[str, Number | None]
    not_applicable: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FrozenTable:
    asked: Asked
    rows: list[FrozenRow]


@dataclass(frozen=True)
class Difference:
    """What is read otherwise today: a number of a row, or with `of_version` how a metric is counted.

    keys: what tells the row apart. A number None is not recorded, also where the row is missing then or today, or not
    applicable where it says so.
    """

    metric: str
    keys: dict[str, object]
    before: Number | None
    after: Number | None
    of_version: bool = False
    before_applicable: bool = True
    after_applicable: bool = True


def take(
    *,
    actor,
    place: Division,
    asked: Sequence[Asked],
    name: str,
    at: datetime | None = None,
    entitled: bool = False,
) -> Snapshot:
    """Reads everything asked within `place`, whoever asks, and keeps it.

    entitled: the verb that calls has asked the matrix itself, about a power of its own. Raises Problem (400 for what cannot be
    read), ValidationError, PermissionDenied.
    """
    at = at or timezone.now()
    if not entitled:
        require_of(actor, POWER, *WRITERS, path=place.path)
    questions = [_resolved(one, at) for one in asked]
    if not 1 <= len(questions) <= MOST_ASKED:
        message = _("Ask from 1 to %(most)d questions.") % {"most": MOST_ASKED}
        raise Problem(400, "too_many", faults=[Fault("too_many", message, pointer="/asked")])
    memory = Memory()
    with acting(actor):
        answers = [_asked_in_order(number, one, place, at, memory) for number, one in enumerate(questions)]
        read_tables = [_frozen(one, answer) for one, answer in zip(questions, answers, strict=True)]
        content = _written(place, read_tables)
        if len(content.encode()) > MOST_BYTES:
            message = _("The answers are too long to be kept together. Ask for fewer dimensions or a shorter period.")
            raise Problem(400, "too_large", faults=[Fault("too_large", message, pointer="/asked")])
        snapshot = Snapshot(
            place=place,
            name=name,
            content=content,
            digest=digest_of(content),
            versions={code: METRICS[code].version for one in questions for code in one.metrics},
            taken_at=at,
            taken_by=actor,
        )
        snapshot.full_clean()
        snapshot.save()
        snapshot.tables = read_tables
    return snapshot


def digest_of(content: str) -> str:
    """The SHA-256 of the bytes that are handed out."""
    return sha256(content.encode()).hexdigest()


def is_intact(snapshot: Snapshot) -> bool:
    """Whether the content still is what its digest says."""
    return digest_of(snapshot.content) == snapshot.digest


def tables(snapshot: Snapshot) -> list[FrozenTable]:
    """What the snapshot says, in the order in which it was asked."""
    if snapshot.tables is None:
        snapshot.tables = [
            FrozenTable(_question_in(table["asked"]), [_row_in(row) for row in table["rows"]])
            for table in json.loads(snapshot.content)["tables"]
        ]
    return snapshot.tables


def ask(asked: Sequence[Asked], place: Division, *, at: datetime | None = None) -> list[FrozenTable]:
    """The same tables as they are read now, within `place`, whoever asks; nothing is kept. Raises Problem (400)."""
    at = at or timezone.now()
    questions = [_resolved(one, at) for one in asked]
    memory = Memory()
    return [_frozen(one, _ask(one, place, at, memory)) for one in questions]


def differences(snapshot: Snapshot, *, at: datetime | None = None) -> list[Difference]:
    """What the same questions are answered otherwise now. A metric that is no more is told once, and not asked."""
    at = at or timezone.now()
    found, memory = list(_of_versions(snapshot.versions)), Memory()
    for table in tables(snapshot):
        known = tuple(code for code in table.asked.metrics if code in METRICS)
        if known:
            asked = replace(table.asked, metrics=known)
            now = _frozen(asked, _ask(asked, snapshot.place, at, memory))
            found += _between(table.rows, now.rows)
    return found


def _resolved(asked: Asked, at: datetime) -> Asked:
    """The question with its last day, so that it means the same for ever."""
    if "division" in asked.where:
        message = _("The division is the place of the snapshot; leave it out here.")
        raise Problem(400, "unknown_field", faults=[Fault("unknown_field", message, pointer="/asked")])
    return asked if asked.last else replace(asked, last=asked.as_of or timezone.localdate(at))


def may_read(user: Any, snapshot: Snapshot) -> bool:
    """Whether the user's offices may read every metric of the snapshot, which nobody's sight has bounded."""
    try:
        reader = Reader(user, DEFAULT_DB_ALIAS, Hierarchy.AS_WAS)
    except Problem:
        return False
    return all(reader.may_read(METRICS[code]) for code in snapshot.versions if code in METRICS)


def _ask(asked: Asked, place: Division, at: datetime, memory: Memory) -> Table:
    where = {name: value.split(",") for name, value in asked.where.items()}
    answer = partial(
        read,
        list(asked.metrics),
        by=asked.by,
        period=Period(asked.first, asked.last),
        as_of=asked.as_of,
        where={**where, "division": place},
        exact=True,
        at=at,
        memory=memory,
    )
    try:
        with translation.override(OFFICIAL):
            return answer()
    except Problem:
        # Refused once more, in the language of whoever asks.
        return answer()


# Of the parameters of `statistics/`: what they are called in a question here; the others narrow.
MEMBERS = {"metric": "metrics", "by": "by", "from": "first", "to": "last", "as_of": "as_of", "division": "place"}


def _asked_in_order(number: int, asked: Asked, place: Division, at: datetime, memory: Memory) -> Table:
    """The answer to one of several questions; what is wrong with it is told with its place among them."""
    try:
        return _ask(asked, place, at, memory)
    except Problem as problem:
        problem.faults = tuple(
            replace(fault, parameter=None, pointer=f"/asked/{number}/{_member(fault.parameter)}")
            for fault in problem.faults
        )
        raise


def _member(parameter: str | None) -> str:
    return MEMBERS.get(parameter or "", f"where/{parameter}")


def _written(place: Division, answers: Sequence[FrozenTable]) -> str:
    """The one way to write the same numbers: whoever asks the same again and is answered the same writes the same bytes."""
    said = {
        "place": {"id": place.pk, "code": place.code, "name": place.name_zh},
        "tables": [
            {
                "asked": _question_out(table.asked),
                "versions": {code: METRICS[code].version for code in table.asked.metrics},
                "rows": [_row_out(row) for row in table.rows],
            }
            for table in answers
        ],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=written)


def _frozen(asked: Asked, answer: Table) -> FrozenTable:
    return FrozenTable(asked, [FrozenRow(row.keys, row.values, row.not_applicable) for row in answer.rows])


def _question_out(asked: Asked) -> dict[str, Any]:
    days = {"first": asked.first, "last": asked.last, "as_of": asked.as_of}
    said = {name: day.isoformat() if day else None for name, day in days.items()}
    return {"metrics": list(asked.metrics), "by": list(asked.by), "where": dict(asked.where), **said}


def _question_in(said: Mapping[str, Any]) -> Asked:
    first, last, as_of = (date.fromisoformat(said[name]) if said[name] else None for name in ("first", "last", "as_of"))
    return Asked(tuple(said["metrics"]), tuple(said["by"]), first, last, as_of, said["where"])


def _row_out(row: FrozenRow) -> dict[str, Any]:
    return {"keys": row.keys, "values": row.values, "not_applicable": sorted(row.not_applicable)}


def _row_in(said: Mapping[str, Any]) -> FrozenRow:
    values = {code: Decimal(value) if isinstance(value, str) else value for code, value in said["values"].items()}
    return FrozenRow(said["keys"], values, frozenset(said["not_applicable"]))


def written(number: Number | None) -> int | str | None:
    """A number as the content has it: what is not whole as text, so that nobody rounds it."""
    return plain(number) if isinstance(number, Decimal) else number


def grouped(number: Number) -> str:
    """A number for readers: its thousands told apart, without naughts at its end."""
    text = f"{Decimal(number):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain(number: Decimal) -> str:
    """A number in digits, without naughts at its end: 1.25, never 1.2500 or 125E-2."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _of_versions(versions: Mapping[str, int]) -> Iterator[Difference]:
    for code, before in sorted(versions.items()):
        after = METRICS[code].version if code in METRICS else None
        if after != before:
            yield Difference(code, {}, before, after, of_version=True)


def _between(before: Sequence[FrozenRow], after: Sequence[FrozenRow]) -> Iterator[Difference]:
    """Number by number, of the rows that were there first and then of those that have come since."""
    then, now = ({_key(row): row for row in rows} for rows in (before, after))
    for key, row in (then | {key: row for key, row in now.items() if key not in then}).items():
        for code in row.values:
            was, is_now = _standing(then.get(key), code), _standing(now.get(key), code)
            if was != is_now and code in METRICS:
                yield Difference(
                    code, row.keys, was[0], is_now[0], before_applicable=was[1], after_applicable=is_now[1]
                )


def _key(row: FrozenRow) -> tuple:
    """What tells a row apart, without the names, which may be others by now."""
    return tuple(sorted((name, value) for name, value in row.keys.items() if not name.endswith("_name")))


def _standing(row: FrozenRow | None, code: str) -> tuple[Number | None, bool]:
    """A number and whether there can be one; of a row that is not there nothing is recorded."""
    return (row.values.get(code), code not in row.not_applicable) if row else (None, True)
