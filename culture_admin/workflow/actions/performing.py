"""Performing a step, and recording how an entry came to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.roles import Office
from culture_admin.workflow.actions.deadlines import lapse
from culture_admin.workflow.actions.notices import close_waiting, tell
from culture_admin.workflow.bulk import insert_rows
from culture_admin.workflow.models import Decision
from culture_admin.workflow.steps import FLOWS, Flow, Step, content_hash, obstacles, office_for

Record = TypeVar("Record", bound=models.Model)

# One decision goes with every entry: written out, because building the statement takes longer than the database does with it.
_WRITTEN = [field.attname for field in Decision._meta.concrete_fields if not field.primary_key]
_INSERT = (
    f"INSERT INTO {Decision._meta.db_table} ({', '.join(_WRITTEN)})"
    f" VALUES ({', '.join(['%s'] * len(_WRITTEN))}) RETURNING id"
)


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
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [getattr(decision, name) for name in _WRITTEN])
        (decision.pk,) = cursor.fetchone()
    if not (from_state or flow.many):
        tell(flow, [record], [decision], flow.power, actor)
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
    """Writes the decisions, moves the states, tells whom it concerns, and does what the step does besides."""
    Decision.objects.bulk_create(decisions)
    flow.model.objects.filter(pk__in=[record.pk for record in locked]).update(
        state=step.target, version=models.F("version") + 1
    )
    for record in locked:
        record.state, record.version = step.target, record.version + 1
    if not flow.many:
        close_waiting(locked, at)
    if step.target in flow.struck:
        lapse(locked, at=at)
    tell(flow, locked, decisions, step.power, actor)
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
