"""Performing a step, and recording how an entry came to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.acting import acting
from culture_admin.accounts.roles import Office
from culture_admin.workflow.actions.deadlines import lapse
from culture_admin.workflow.actions.filing import changed_since, hand_over
from culture_admin.workflow.actions.notices import close_waiting, tell
from culture_admin.workflow.bulk import insert_row, insert_rows
from culture_admin.workflow.models import Decision
from culture_admin.workflow.refusals import StepRefused
from culture_admin.workflow.steps import (
    DECIDING,
    FLOWS,
    Flow,
    Step,
    content_hash,
    forget_holders,
    obstacles,
    office_for,
    plain,
)

Record = TypeVar("Record", bound=models.Model)

NOT_FOUND = gettext_lazy("The record does not exist, or lies outside your territory.")


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
    act = Act.of(given, step_name, actor, comment, at)
    with acting(actor):
        locked = act.lock(given)
        if len(locked) != len({record.pk for record in given}):
            raise StepRefused("not_found", str(NOT_FOUND))
        decisions = act.decisions(locked)
        for refused in act.refusals(locked, decisions, seen).values():
            raise refused
        act.move(locked, decisions)
    bring_up(given, locked)
    return decisions


def follow(
    records: models.QuerySet[Record], step_name: str, *, actor, at: datetime, comment: str | Mapping[int, str]
) -> list[Record]:
    """Takes a step that follows from something else the actor has done, such as a month reopened by a late log.

    Of `records` those are moved from which the step leads, locked in key order. The power over them is not asked: it was
    asked for the act that had this effect, and whoever has none over them is written down with his office at the place. The
    comment says which act that was, of all or by key. Returns the records moved.
    """
    flow = FLOWS[records.model]
    step = flow.steps[step_name]
    with acting(actor):
        locked = list(
            records.filter(state__in=step.sources)
            .select_related(*flow.related)
            .prefetch_related(*flow.fetched)
            .order_by("pk")
            .select_for_update(of=("self",))
        )
        if locked:
            offices = [office_for(record, step, actor) for record in locked] if actor else [None] * len(locked)
            said = comment if isinstance(comment, Mapping) else dict.fromkeys((one.pk for one in locked), comment)
            decisions = [
                _decision(flow, record, step_name, record.state, step.target, office, actor, said[record.pk], at)
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
    if not (from_state or flow.many):
        tell(flow, [record], [decision], flow.power, actor)
    return decision


def record_each(
    records: Sequence[models.Model],
    *,
    step: str,
    actor,
    at: datetime,
    offices: Sequence[Office | None],
    comment: str | Sequence[str] = "",
    changed: bool = False,
) -> None:
    """The set-wise form of `record_entry`, for records that lie at several places; each with the office it was entered in.

    comment: of all, or one of each. changed: the records were there before, in the state in which they are.
    """
    if not records:
        return
    flow = FLOWS[type(records[0])]
    comments = [comment] * len(records) if isinstance(comment, str) else comment
    decisions = Decision.objects.bulk_create(
        _decision(flow, record, step, record.state if changed else "", record.state, office, actor, said, at)
        for record, office, said in zip(records, offices, comments, strict=True)
    )
    if not (changed or flow.many):
        tell(flow, records, decisions, flow.power, actor)


def note_on(
    records: Sequence[models.Model], *, step: str, office: Office | None, actor, at: datetime, comment: str = ""
) -> list[Decision]:
    """Writes down what was done about some records of one model without moving their states; nobody is told of it."""
    flow = FLOWS[type(records[0])] if records else None
    return Decision.objects.bulk_create(
        _decision(flow, record, step, record.state, record.state, office, actor, comment, at) for record in records
    )


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


@dataclass(frozen=True)
class Act:
    """One step as it is taken: by whom, when and why. What it asks of the database does not grow with the records."""

    flow: Flow
    name: str
    step: Step
    actor: Any
    comment: str
    at: datetime

    @classmethod
    def of(
        cls, given: Sequence[models.Model], step_name: str, actor, comment: str = "", at: datetime | None = None
    ) -> Act:
        """Raises StepRefused for what is wrong whatever the records are like."""
        flow = FLOWS[type(given[0])]
        step = flow.steps.get(step_name)
        if step is None:
            raise StepRefused("unknown_step", _("There is no step “%(step)s”.") % {"step": step_name})
        if step.comment and not comment.strip():
            raise StepRefused("comment_required", _("Say why: this step needs a comment."), given[0].pk)
        return cls(flow, step_name, step, actor, comment, at or timezone.now())

    def lock(self, given: Sequence[models.Model]) -> list[models.Model]:
        """Those of the records that the actor sees, locked in key order, with what rules and content look at."""
        rows = (
            self.flow.model.objects.visible_to(self.actor)
            .filter(pk__in={record.pk for record in given})
            .select_related(*self.flow.related)
            .prefetch_related(*self.flow.fetched)
            .order_by("pk")
            .select_for_update(of=("self",))
        )
        return list(rows)

    def decisions(self, records: Sequence[models.Model]) -> list[Decision]:
        """The decisions there would be on the records, not written yet."""
        return [
            _decision(
                self.flow,
                record,
                self.name,
                record.state,
                self.step.target,
                office_for(record, self.step, self.actor),
                self.actor,
                self.comment,
                self.at,
            )
            for record in records
        ]

    def refusals(
        self, locked: Sequence[models.Model], decisions: Sequence[Decision], seen: int | Mapping[int, int] | None
    ) -> dict[int, StepRefused]:
        """What stands in the way, in key order: a newer version, a rule, or content that is not what was filed."""
        if self.step.submits:
            forget_holders(self.actor)
        shut = obstacles(locked, self.name, self.actor, timezone.localdate(self.at))
        found = {pk: StepRefused(obstacle.code, obstacle.text, pk) for pk, obstacle in shut.items() if obstacle}
        if self.step.verb in DECIDING:
            found = changed_since(self.flow, locked, decisions) | found
        return dict(sorted((found | _stale(locked, seen)).items()))

    def move(self, locked: Sequence[models.Model], decisions: Sequence[Decision]) -> None:
        """Writes the decisions, moves the states, and does what the step does besides."""
        if self.step.submits:
            hand_over(self.flow, self.step, locked, self.actor, self.at)
        _move(self.flow, self.step, locked, decisions, self.actor, self.at)


def bring_up(given: Sequence[models.Model], locked: Sequence[models.Model]) -> None:
    """Brings the caller's instances up to date."""
    moved = {record.pk: record for record in locked}
    for record in given:
        if record.pk in moved:
            record.state, record.version = moved[record.pk].state, moved[record.pk].version


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
    if step.after:
        step.after(locked, actor, at)
    # Last: what the step does besides may settle with whom the record lies from now on.
    tell(flow, locked, decisions, step.power, actor)


def _stale(locked: Sequence[models.Model], seen: int | Mapping[int, int] | None) -> dict[int, StepRefused]:
    found = {}
    for record in locked:
        looked_at = seen.get(record.pk) if isinstance(seen, Mapping) else seen
        if looked_at is not None and record.version != looked_at:
            text = _("The record was changed since you looked at it. Read it again.")
            found[record.pk] = StepRefused("stale", text, record.pk, record.version)
    return found


def _decision(flow, record, step, from_state, to_state, office, actor, comment, at) -> Decision:
    place, content = flow.place(record), flow.content(record)
    if office is None and actor:
        # What follows from an act is under a power that its actor may not have: he did it in his office at the place.
        office = next((one for one in actor.offices if place.path.startswith(one.path)), None)
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
        content_hash=content_hash(content),
        content={name: plain(value) for name, value in content.items()} if to_state in flow.awaiting else None,
        division_id=place.division_id,
        station_id=place.station_id,
        firm_id=place.firm_id,
    )
