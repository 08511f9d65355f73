"""One step for many records in one request: all or none, or as many as it can be taken on, and as a rehearsal if asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.core.validators import RegexValidator
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from culture_admin.interfaces.etags import TAG, etag_of, version_of
from culture_admin.interfaces.fields import OneOfField, WholeNumberField, YesNoField
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.problems import Fault, Problem, did_you_mean, pointer
from culture_admin.interfaces.queries import LARGEST_KEY
from culture_admin.interfaces.refusals import problem_of
from culture_admin.interfaces.serializers import StrictSerializer
from culture_admin.interfaces.text import LineField, TextField
from culture_admin.workflow.actions import StepRefused, perform_each
from culture_admin.workflow.steps import FLOWS

MOST_RECORDS = 1000
NO_ETAG = _('Expected the ETag of the record as it was answered, such as "v3" in its quotation marks.')
REFUSED = _("%(refused)d of %(records)d records are refused; nothing was done.")


class _RecordSerializer(StrictSerializer):
    """One record, and the version of it that was looked at."""

    id = WholeNumberField(min_value=1, max_value=LARGEST_KEY)
    etag = LineField(max_length=20, validators=[RegexValidator(TAG, NO_ETAG, "etag_format")])


class StepsSerializer(StrictSerializer):
    """The body of a step for many records."""

    step = LineField(max_length=30)
    records = serializers.ListField(child=_RecordSerializer(), allow_empty=False, max_length=MOST_RECORDS)
    comment = TextField(required=False, allow_blank=True, max_length=2000, default="")
    mode = OneOfField(choices=["atomic", "per_row"], default="atomic")
    dry_run = YesNoField(default=False)


def take_steps(data: object, rows: QuerySet, actor) -> Outcome:
    """Takes the step of the body on its records, as far as they are among `rows`, in the transaction of the request.

    Answers {"results": [{"row", "id", "status": done|refused, …}], "counts": {done, refused}, "dry_run"}, in the order of the
    body. In mode `atomic` one refused record refuses all: Problem 409 `rows_refused` with the faults of all of them.
    """
    body = StepsSerializer(data=data)
    body.is_valid(raise_exception=True)
    asked = body.validated_data
    _refuse_unknown(asked["step"], rows.model)
    seen = _seen(asked["records"])
    found = {record.pk: record for record in rows.filter(pk__in=seen).order_by("pk")}
    with transaction.atomic():
        taken = perform_each(
            found.values(), asked["step"], actor=actor, comment=asked["comment"], seen={pk: seen[pk] for pk in found}
        )
        if asked["mode"] == "atomic" and (taken.refusals or len(found) < len(seen)):
            faults = _faults_of_all(seen, found, taken.refusals)
            values = {"refused": len(faults), "records": len(seen)}
            raise Problem(409, "rows_refused", REFUSED % values, faults=faults)
        transaction.set_rollback(asked["dry_run"])
    results = [
        _refused(row, pk, taken.refusals.get(pk))
        if pk not in found or pk in taken.refusals
        else _done(row, found[pk], rehearsed=asked["dry_run"])
        for row, pk in enumerate(seen)
    ]
    counts = Counter(result["status"] for result in results)
    data = {"results": results, "counts": {name: counts[name] for name in ("done", "refused")}}
    return Outcome(200, data | {"dry_run": asked["dry_run"]})


def _refuse_unknown(step: str, model: type[Model]) -> None:
    steps = FLOWS[model].steps
    if step not in steps:
        hint = did_you_mean(step, steps)
        fault = Fault("unknown_step", _("There is no such step here."), "/step", hint=hint, value=step)
        raise Problem(400, fault.code, faults=[fault])


def _seen(records: Sequence[Mapping]) -> dict[int, int]:
    """The version looked at, by key, in the order of the body; a record named twice is refused."""
    times = Counter(record["id"] for record in records)
    faults = [
        Fault("repeated", _("This record is named more than once."), pointer("records", row, "id"), row=row)
        for row, record in enumerate(records)
        if times[record["id"]] > 1
    ]
    if faults:
        raise Problem(400, "repeated", faults=faults)
    return {record["id"]: version_of(record["etag"]) or 0 for record in records}


def _faults_of_all(
    seen: Mapping[int, int], found: Mapping[int, Model], refusals: Mapping[int, StepRefused]
) -> list[Fault]:
    return [
        fault
        for row, pk in enumerate(seen)
        if pk not in found or pk in refusals
        for fault in _faults(row, refusals.get(pk))
    ]


def _faults(row: int, refused: StepRefused | None) -> list[Fault]:
    """What is wrong with one record, at its place in the body; a foreign record and a missing one are told alike."""
    problem = problem_of(refused or StepRefused("not_found", ""))
    assert problem is not None
    faults = problem.faults or (Fault(problem.code, problem.detail),)
    return [replace(fault, pointer=pointer("records", row), header=None, row=row) for fault in faults]


def _refused(row: int, pk: int, refused: StepRefused | None) -> dict[str, object]:
    return {"row": row, "id": pk, "status": "refused", "errors": [fault.as_dict() for fault in _faults(row, refused)]}


def _done(row: int, record: Model, *, rehearsed: bool) -> dict[str, object]:
    """The state the record is in now; its new ETag, unless nothing was stored."""
    etag = {} if rehearsed else {"etag": etag_of(record)}
    return {"row": row, "id": record.pk, "status": "done", "state": record.state, **etag}
