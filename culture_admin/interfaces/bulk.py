"""Many records in one request: all or nothing, or each by itself, and as a rehearsal if asked."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
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


class _Rehearsed(Exception):
    """Gives up the savepoint of a dry run."""


def do_rows(request: Request, enter: Callable[[dict], Model], show: Callable[[Model], dict]) -> Outcome:
    """Enters each row of the body with `enter`, inside the transaction of the request.

    Answers {"results": [{"row", "status": created|refused, …}], "counts": {created, refused}, "dry_run"}. In mode `atomic`
    one refused row refuses all: Problem 400 with the faults of all rows, each with its row and pointer.
    """
    body = BulkSerializer(data=request.data)
    body.is_valid(raise_exception=True)
    asked = body.validated_data
    results: list[dict] = []
    refusals: list[Fault] = []
    try:
        with transaction.atomic():
            for number, fields in enumerate(request.data["rows"]):
                try:
                    with transaction.atomic():
                        results.append({"row": number, "status": "created", **show(enter(fields))})
                except REFUSALS as error:
                    faults = _faults(number, problem_of(error))
                    refusals += faults
                    results.append(
                        {"row": number, "status": "refused", "errors": [fault.as_dict() for fault in faults]}
                    )
            if asked["mode"] == "atomic" and refusals:
                detail = _("%(refused)d of %(rows)d rows are refused; nothing was stored.")
                numbers = {"refused": len({fault.row for fault in refusals}), "rows": len(results)}
                raise Problem(400, "rows_refused", detail % numbers, faults=refusals)
            if asked["dry_run"]:
                raise _Rehearsed
    except _Rehearsed:
        results = [{name: value for name, value in result.items() if name not in ("id", "etag")} for result in results]
    refused = sum(result["status"] == "refused" for result in results)
    counts = {"created": len(results) - refused, "refused": refused}
    data = {"results": results, "counts": counts, "dry_run": asked["dry_run"]}
    return Outcome(200 if asked["dry_run"] or refused else 201, data)


def _faults(number: int, problem: Problem) -> list[Fault]:
    """The faults of one row, with pointers from the top of the body."""
    faults = problem.faults or (Fault(problem.code, problem.detail, pointer=""),)
    return [
        Fault(fault.code, fault.message, pointer=f"/rows/{number}{fault.pointer or ''}", row=number, value=fault.value)
        for fault in faults
    ]
