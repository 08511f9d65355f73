"""Performing a step on as many records of a set as it can be taken on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from culture_admin.accounts.acting import acting
from culture_admin.workflow.actions.performing import NOT_FOUND, Act, StepRefused, bring_up
from culture_admin.workflow.models import Decision


@dataclass(frozen=True)
class Taken:
    """What came of a step for a set: the decisions made, and by key why the other records were left alone."""

    decisions: list[Decision]
    refusals: dict[int, StepRefused]


def perform_each(
    objects: Iterable[models.Model],
    step_name: str,
    *,
    actor,
    comment: str = "",
    at: datetime | None = None,
    seen: Mapping[int, int] | None = None,
) -> Taken:
    """Takes one step on every record of a set in whose way nothing stands, in one transaction.

    Three hundred records cost as many questions as three; only a record that the step's own `after` refuses costs another
    round. Raises StepRefused for what is wrong with the whole, such as a missing reason.
    """
    given = list(objects)
    if not given:
        return Taken([], {})
    act = Act.of(given, step_name, actor, comment, at)
    with acting(actor):
        locked = act.lock(given)
        there = {record.pk for record in locked}
        refusals = {
            record.pk: StepRefused("not_found", str(NOT_FOUND), record.pk) for record in given if record.pk not in there
        }
        refusals |= act.refusals(locked, act.decisions(locked), seen)
        decisions = _move_the_free(act, locked, refusals)
    bring_up(given, locked)
    return Taken(decisions, refusals)


def _move_the_free(act: Act, locked: list, refusals: dict[int, StepRefused]) -> list[Decision]:
    """Moves the records nothing is said against; whichever `after` refuses is added to the refusals, and the rest goes on."""
    while free := [record for record in locked if record.pk not in refusals]:
        before = [(record.state, record.version) for record in free]
        decisions = act.decisions(free)
        try:
            with transaction.atomic():
                act.move(free, decisions)
            return decisions
        except StepRefused as refused:
            if refused.pk not in {record.pk for record in free}:
                raise
            refusals[refused.pk] = refused
            for record, (state, version) in zip(free, before, strict=True):
                record.state, record.version = state, version
    return []
