"""What a notice says, found at the moment of reading and in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from culture_admin.accounts.roles import listed
from culture_admin.workflow.models import Deadline, Notice
from culture_admin.workflow.steps import Step, flow_of
from culture_admin.workflow.subjects import read_subjects, with_subjects

K = Notice.Kind


def read(notices: Iterable[Notice], user) -> list[Notice]:
    """The notices with all that their words take: a fixed number of queries, and no record that `user` may not see."""
    rows = list(notices)
    deadlines = with_subjects(Deadline.objects.select_related("unit").prefetch_related("moves"))
    prefetch_related_objects(rows, "decision", Prefetch("deadline", deadlines))
    read_subjects(rows, user)
    return rows


def said(notice: Notice) -> str:
    """One line."""
    return _of_deadline(notice) if notice.deadline else _of_decision(notice)


def why(notice: Notice) -> str:
    """What stands below it: who decided and what he wrote, or on what basis something is owed."""
    if notice.deadline:
        return notice.deadline.grounds
    decision = notice.decision
    who = " · ".join(part for part in (decision.actor_text, decision.unit_text) if part)
    return f"{who}: {decision.comment}" if decision.comment else who


def _of_deadline(notice: Notice) -> str:
    deadline = notice.deadline
    texts = {
        K.OWED: _("Due on %(day)s: %(what)s"),
        K.SOON: _("Due on %(day)s: %(what)s"),
        K.TODAY: _("Due today, %(day)s: %(what)s"),
        K.OVERDUE: _("Overdue since %(day)s: %(what)s"),
        K.ESCALATED: _("%(unit)s is overdue since %(day)s: %(what)s"),
        K.MOVED: _("Due on %(day)s now, not on %(before)s: %(what)s"),
    }
    moves: Any = deadline.moves
    move = next((one for one in moves.all() if one.to_on == notice.due_on), None)
    values = {
        "day": _day(notice.due_on),
        "what": deadline.said,
        "unit": deadline.unit,
        "before": _day(move.from_on) if move else "",
    }
    return texts[notice.kind] % values


def _of_decision(notice: Notice) -> str:
    decision, record = notice.decision, notice.subject
    model = ContentType.objects.get_for_id(notice.subject_type_id).model_class()
    flow = flow_of(model)
    # Whoever has moved on may not see the record any more; that there was one he may know.
    kind = model._meta.verbose_name
    named = _("%(kind)s “%(record)s”") if record else _("%(kind)s out of your sight")
    named %= {"kind": kind, "record": record}
    steps = flow.steps if flow else {}
    if notice.kind == K.WAITS:
        waiting = [
            str(step.awaited or step.label)
            for step in steps.values()
            if step.waits and decision.to_state in step.sources
        ]
        return _("%(record)s waits: %(steps)s") % {"record": named, "steps": listed(waiting)}
    step: Step | None = steps.get(decision.step) if decision.from_state else None
    state = dict(model._meta.get_field("state").flatchoices).get(decision.to_state, decision.to_state)
    if step is None:
        return _("%(record)s is “%(state)s”") % {"record": named, "state": state}
    return _("%(record)s: %(step)s, now “%(state)s”") % {"record": named, "step": step.label, "state": state}


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
