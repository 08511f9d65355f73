"""The verbs of the workflow: perform a step, record an entry, owe and settle, enqueue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.powers import Office
from culture_admin.territory.models import Unit
from culture_admin.workflow.bulk import insert_row, insert_rows
from culture_admin.workflow.calendar import add_working_days
from culture_admin.workflow.models import Deadline, Decision, Job
from culture_admin.workflow.steps import FLOWS, Flow, Step, content_hash, obstacles, office_for

Record = TypeVar("Record", bound=models.Model)


class StepRefused(Exception):
    """What may not be done: which record, a stable code, a sentence, and for a changed record its version.

    reasons: where several things stand in the way, each with a code and a sentence of its own.
    """

    def __init__(
        self,
        code: str,
        text: str,
        pk: int | None = None,
        version: int | None = None,
        reasons: Sequence[tuple[str, str]] = (),
    ):
        super().__init__(text)
        self.code, self.text, self.pk, self.version, self.reasons = code, text, pk, version, tuple(reasons)


def perform(
    objects: models.Model | Iterable[models.Model],
    step_name: str,
    *,
    actor,
    comment: str = "",
    at: datetime | None = None,
    seen: int | Mapping[int, int] | None = None,
) -> list[Decision]:
    """Takes one step on one record or a set; the only writer of a state.

    Locks the records in key order, asks `obstacles()`, writes the decisions, moves the states, does what the step does
    besides; all or nothing. `seen` is the version the actor looked at, of a set one for each key. The given instances are
    brought up to date. Raises StepRefused.
    """
    given = [objects] if isinstance(objects, models.Model) else list(objects)
    if not given:
        return []
    at = at or timezone.now()
    flow = FLOWS[type(given[0])]
    step = flow.steps.get(step_name)
    if step is None:
        raise StepRefused("unknown_step", _("There is no step “%(step)s”.") % {"step": step_name})
    if step.comment and not comment.strip():
        raise StepRefused("comment_required", _("Say why: this step needs a comment."), given[0].pk)
    with acting(actor):
        locked = _lock(flow, given, actor)
        _refuse_stale(locked, seen)
        for pk, obstacle in obstacles(locked, step_name, actor).items():
            if obstacle:
                raise StepRefused(obstacle.code, obstacle.text, pk)
        decisions = [
            _decision(
                flow, record, step_name, record.state, step.target, office_for(record, step, actor), actor, comment, at
            )
            for record in locked
        ]
        if step.verb == "decide":
            _refuse_changed(flow, locked, decisions)
        _move(flow, step, locked, decisions, actor, at)
    moved = {record.pk: record for record in locked}
    for record in given:
        record.state, record.version = moved[record.pk].state, moved[record.pk].version
    return decisions


def follow(records: models.QuerySet[Record], step_name: str, *, actor, at: datetime, comment: str) -> list[Record]:
    """Takes a step that follows from something else the actor has done, such as a month reopened by a late log.

    Of `records` those are moved from which the step leads, locked in key order. The power over them is not asked: it was
    asked for the act that had this effect. The comment says which act that was. Returns the records moved.
    """
    flow = FLOWS[records.model]
    step = flow.steps[step_name]
    with acting(actor):
        locked = list(
            records.filter(state__in=step.sources)
            .select_related(*flow.related)
            .order_by("pk")
            .select_for_update(of=("self",))
        )
        if locked:
            offices = [office_for(record, step, actor) for record in locked] if actor else [None] * len(locked)
            decisions = [
                _decision(flow, record, step_name, record.state, step.target, office, actor, comment, at)
                for record, office in zip(locked, offices, strict=True)
            ]
            _move(flow, step, locked, decisions, actor, at)
    return locked


def record_entry(
    record: models.Model,
    *,
    step: str,
    office: Office | None,
    actor,
    at: datetime,
    from_state: str = "",
    comment: str = "",
) -> Decision:
    """Writes the decision by which a record came to be, or its content was changed, in its present state."""
    flow = FLOWS[type(record)]
    decision = _decision(flow, record, step, from_state, record.state, office, actor, comment, at)
    insert_row(decision)
    return decision


def record_entries(
    model: type[models.Model],
    *,
    step: str,
    state: str,
    office: Office | None,
    actor,
    at: datetime,
    station_id: int,
    entries: Mapping[str, Sequence],
    comment: str = "",
) -> int:
    """The bulk form of `record_entry` for records of one station; returns how many decisions were written.

    entries: the columns `subject_id` (ascending), `content_hash`, `division_id` and `firm_id`.
    """
    shared = {
        "subject_type_id": ContentType.objects.get_for_model(model).pk,
        "power": FLOWS[model].power,
        "step": step,
        "from_state": "",
        "to_state": state,
        "actor_id": actor.pk,
        "actor_text": str(actor),
        "role": office.role if office else "",
        "unit_id": office.unit_id if office else None,
        "unit_text": office.unit_name if office else "",
        "acting_for_id": office.acting_for if office else None,
        "comment": comment.strip(),
        "at": at,
        "station_id": station_id,
    }
    return insert_rows(Decision, entries, shared)


def owe(
    unit: Unit,
    *,
    code: str,
    label: str,
    opened_on: date,
    due_on: date | None = None,
    working_days: int | None = None,
    basis: str = "",
    subject: models.Model | None = None,
    again: bool = False,
) -> Deadline:
    """Says that `unit` owes something by a day, or within so many Chinese working days. Saying it twice is once.

    again: what was settled is owed once more.
    """
    provisional = False
    if due_on is None:
        due_on, provisional = add_working_days(opened_on, working_days or 0)
    deadline, _created = Deadline.objects.get_or_create(
        unit=unit,
        code=code,
        due_on=due_on,
        subject_type=ContentType.objects.get_for_model(subject) if subject else None,
        subject_id=subject.pk if subject else None,
        defaults={
            "label": label,
            "basis": basis,
            "opened_on": opened_on,
            "working_days": working_days,
            "provisional": provisional,
        },
    )
    if again and deadline.settled_at:
        deadline.settled_at = None
        deadline.save(update_fields=["settled_at"])
    return deadline


def owe_each(
    debts: Iterable[tuple[int, models.Model]], *, code: str, label: str, opened_on: date, due_on: date, basis: str = ""
) -> None:
    """The set-wise form of `owe`: pairs of a unit's key and the subject, all due on one day. A duty settled is open again."""
    debts = list(debts)
    if not debts:
        return
    subject_type = ContentType.objects.get_for_model(type(debts[0][1]))
    Deadline.objects.bulk_create(
        [
            Deadline(
                unit_id=unit_id,
                code=code,
                label=label,
                basis=basis,
                opened_on=opened_on,
                due_on=due_on,
                subject_type=subject_type,
                subject_id=subject.pk,
            )
            for unit_id, subject in debts
        ],
        update_conflicts=True,
        update_fields=["settled_at"],
        unique_fields=["unit", "code", "subject_type", "subject_id", "due_on"],
    )


def settle(subjects: models.Model | Sequence[models.Model], code: str, *, at: datetime) -> int:
    """Closes what was owed about a record, or about several of one model; returns how many duties that were."""
    about = [subjects] if isinstance(subjects, models.Model) else list(subjects)
    if not about:
        return 0
    return (
        Deadline.objects.open()
        .filter(
            subject_type=ContentType.objects.get_for_model(about[0]),
            subject_id__in=[subject.pk for subject in about],
            code=code,
        )
        .update(settled_at=at)
    )


def enqueue(kind: str, params: dict, *, actor, total: int = 0, wake=None) -> Job:
    """Leaves work for the worker in the caller's transaction; `wake(job_id)` is called once that has committed."""
    job = Job.objects.create(kind=kind, params=params, owner=actor, total=total)
    if wake:
        transaction.on_commit(lambda: wake(job.pk), robust=True)
    return job


def _lock(flow: Flow, given: Sequence[models.Model], actor) -> list[models.Model]:
    wanted = {record.pk for record in given}
    rows = (
        flow.model.objects.visible_to(actor)
        .filter(pk__in=wanted)
        .select_related(*flow.related)
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    locked = list(rows)
    if len(locked) != len(wanted):
        raise StepRefused("not_found", _("The record does not exist, or lies outside your territory."))
    return locked


def _move(
    flow: Flow, step: Step, locked: Sequence[models.Model], decisions: Sequence[Decision], actor, at: datetime
) -> None:
    """Writes the decisions, moves the states, and does what the step does besides."""
    Decision.objects.bulk_create(decisions)
    flow.model.objects.filter(pk__in=[record.pk for record in locked]).update(
        state=step.target, version=models.F("version") + 1
    )
    for record in locked:
        record.state, record.version = step.target, record.version + 1
    if step.after:
        step.after(locked, actor, at)


def _refuse_stale(locked: Sequence[models.Model], seen: int | Mapping[int, int] | None) -> None:
    for record in locked:
        looked_at = seen.get(record.pk) if isinstance(seen, Mapping) else seen
        if looked_at is not None and record.version != looked_at:
            raise StepRefused(
                "stale", _("The record was changed since you looked at it. Read it again."), record.pk, record.version
            )


def _refuse_changed(flow: Flow, locked: Sequence[models.Model], decisions: Sequence[Decision]) -> None:
    """Whoever decides, decides on what was filed: content changed by another way than an action stops here."""
    filed = dict(
        Decision.objects.filter(
            subject_type=ContentType.objects.get_for_model(flow.model),
            subject_id__in=[record.pk for record in locked],
        )
        .order_by("subject_id", "-id")
        .distinct("subject_id")
        .values_list("subject_id", "content_hash")
    )
    for decision in decisions:
        if filed.get(decision.subject_id, decision.content_hash) != decision.content_hash:
            raise StepRefused(
                "content_changed",
                _("The record is not what was filed any more. Return it, so that it is filed again."),
                decision.subject_id,
            )


def _decision(flow, record, step, from_state, to_state, office, actor, comment, at) -> Decision:
    place = flow.place(record)
    return Decision(
        subject_type=ContentType.objects.get_for_model(flow.model),
        subject_id=record.pk,
        power=flow.power,
        step=step,
        from_state=from_state,
        to_state=to_state,
        actor=actor,
        actor_text=str(actor or ""),
        role=office.role if office else "",
        unit_id=office.unit_id if office else None,
        unit_text=office.unit_name if office else "",
        acting_for_id=office.acting_for if office else None,
        comment=comment.strip(),
        at=at,
        content_hash=content_hash(flow.content(record)),
        division_id=place.division_id,
        station_id=place.station_id,
        firm_id=place.firm_id,
    )
