"""Many records in one request: all or nothing, or each by itself, and as a rehearsal if asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError as BodyInvalid
from rest_framework.request import Request

from culture_admin.interfaces.fields import OneOfField, YesNoField
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.interfaces.refusals import problem_of
from culture_admin.interfaces.serializers import StrictSerializer
from culture_admin.workflow.actions import StepRefused

# Rows that are entered one by one, and those that a verb enters all at once.
MOST_ROWS, MOST_ROWS_AT_ONCE = 1000, 5000
REFUSALS = (Problem, BodyInvalid, ValidationError, PermissionDenied, StepRefused, IntegrityError)


class _RowField(serializers.DictField):
    """One row, which its collection's serializer reads."""

    def run_child_validation(self, data):
        return data


class BulkSerializer(StrictSerializer):
    """The body of a bulk request."""

    rows = serializers.ListField(child=_RowField(), allow_empty=False, max_length=MOST_ROWS_AT_ONCE)
    mode = OneOfField(choices=["atomic", "per_row"], default="atomic")
    dry_run = YesNoField(default=False)


def do_rows(
    request: Request,
    enter: Callable[[dict], dict],
    enter_many: Callable[[Sequence[dict]], Sequence[dict | None]] | None = None,
) -> Outcome:
    """Enters each row of the body with `enter`, which says what came of it, inside the transaction of the request.

    enter_many: enters all rows it can at once, and gives None for those that `enter` has to take one by one.
    Answers {"results": [{"row", "status": created|refused, …}], "counts": {created, refused}, "dry_run"}. In mode `atomic`
    one refused row refuses all: Problem 400 with the faults of all rows, each with its row and pointer.
    """
    body = BulkSerializer(data=request.data)
    body.is_valid(raise_exception=True)
    rows = dict(request.data)["rows"]
    if enter_many is None and len(rows) > MOST_ROWS:
        message = _("At most %(most)d rows at a time.") % {"most": MOST_ROWS}
        raise Problem(400, "max_length", faults=[Fault("max_length", message, pointer="/rows")])
    atomic, dry_run = body.validated_data["mode"] == "atomic", body.validated_data["dry_run"]
    refusals: dict[int, list[Fault]] = {}
    results = []
    with transaction.atomic():
        done = _at_once(rows, enter_many) if enter_many else [None] * len(rows)
        for number, fields in enumerate(rows):
            if entered := done[number]:
                results.append({"row": number, "status": "created", **({} if dry_run else entered)})
                continue
            try:
                with transaction.atomic():
                    entered = enter(fields)
                results.append({"row": number, "status": "created", **({} if dry_run else entered)})
            except REFUSALS as error:
                refusals[number] = _faults(number, error)
                shown = [fault.as_dict() for fault in refusals[number]]
                results.append({"row": number, "status": "refused", "errors": shown})
        if atomic and refusals:
            detail = _("%(refused)d of %(rows)d rows are refused; nothing was stored.")
            faults = [fault for of_row in refusals.values() for fault in of_row]
            raise Problem(400, "rows_refused", detail % {"refused": len(refusals), "rows": len(results)}, faults=faults)
        transaction.set_rollback(dry_run)
    counts = {"created": len(results) - len(refusals), "refused": len(refusals)}
    status = 200 if dry_run or refusals else 201
    return Outcome(status, {"results": results, "counts": counts, "dry_run": dry_run})


def _at_once(
    rows: Sequence[dict], enter_many: Callable[[Sequence[dict]], Sequence[dict | None]]
) -> Sequence[dict | None]:
    """What came of the rows that could be entered together; of none if somebody else came between."""
    try:
        with transaction.atomic():
            return enter_many(rows)
    except REFUSALS:
        return [None] * len(rows)


def read_rows(serializer: serializers.Serializer, rows: Sequence[dict]) -> list[dict | None]:
    """The validated entries of each row, by column: each distinct value of a field is read once.

    None for a row with a name or a value that is refused; the serializer itself says in which words.
    """
    fields = {name: field for name, field in serializer.fields.items() if not field.read_only}
    found: list[dict | None] = [{} if row.keys() <= fields.keys() else None for row in rows]
    for name, field in fields.items():
        (target,) = field.source_attrs
        readings: dict[object, tuple[bool, object]] = {}
        for row, entries in zip(rows, found, strict=True):
            if entries is None:
                continue
            written = row.get(name, serializers.empty)
            # 1, 1.0 and true are one key of a dict, and three values of JSON.
            key = (type(written), written) if isinstance(written, _HASHABLE) else None
            reading = readings.get(key) if key else None
            if reading is None:
                reading = _read(field, written)
                if key:
                    readings[key] = reading
            sound, value = reading
            if not sound:
                entries.clear()
                entries[_REFUSED] = True
            elif value is not serializers.empty:
                entries[target] = value
        found = [None if entries is None or _REFUSED in entries else entries for entries in found]
    return found


_REFUSED = ""
_HASHABLE = (str, int, float, type, type(None))


def _read(field: serializers.Field, written: object) -> tuple[bool, object]:
    """Whether the field takes the value, and what it reads; `empty` for one that is left out."""
    try:
        return True, field.run_validation(written)
    except serializers.SkipField:
        return True, serializers.empty
    except (BodyInvalid, ValidationError):
        return False, None


def _faults(number: int, error: Exception) -> list[Fault]:
    """The faults of one row, with pointers from the top of the body."""
    problem = problem_of(error)
    assert problem is not None
    faults = problem.faults or (Fault(problem.code, problem.detail, pointer=""),)
    return [replace(fault, pointer=f"/rows/{number}{fault.pointer or ''}", row=number) for fault in faults]
