"""Many records in one request: all or nothing, or each by itself, and as a rehearsal if asked."""

from __future__ import annotations

from collections.abc import Callable
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

MOST_ROWS = 1000
REFUSALS = (Problem, BodyInvalid, ValidationError, PermissionDenied, StepRefused, IntegrityError)


class BulkSerializer(StrictSerializer):
    """The body of a bulk request."""

    rows = serializers.ListField(child=serializers.DictField(), allow_empty=False, max_length=MOST_ROWS)
    mode = OneOfField(choices=["atomic", "per_row"], default="atomic")
    dry_run = YesNoField(default=False)


def do_rows(request: Request, enter: Callable[[dict], dict]) -> Outcome:
    """Enters each row of the body with `enter`, which says what came of it, inside the transaction of the request.

    Answers {"results": [{"row", "status": created|refused, …}], "counts": {created, refused}, "dry_run"}. In mode `atomic`
    one refused row refuses all: Problem 400 with the faults of all rows, each with its row and pointer.
    """
    body = BulkSerializer(data=request.data)
    body.is_valid(raise_exception=True)
    atomic, dry_run = body.validated_data["mode"] == "atomic", body.validated_data["dry_run"]
    refusals: dict[int, list[Fault]] = {}
    results = []
    with transaction.atomic():
        for number, fields in enumerate(dict(request.data)["rows"]):
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


def _faults(number: int, error: Exception) -> list[Fault]:
    """The faults of one row, with pointers from the top of the body."""
    problem = problem_of(error)
    assert problem is not None
    faults = problem.faults or (Fault(problem.code, problem.detail, pointer=""),)
    return [replace(fault, pointer=f"/rows/{number}{fault.pointer or ''}", row=number) for fault in faults]
