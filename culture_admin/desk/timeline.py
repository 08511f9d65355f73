"""What became of a record: the decisions on it, and what each correction changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.powers import Role
from culture_admin.workflow.models import Decision
from culture_admin.workflow.steps import FLOWS

# Entries that are no steps of a flow: how a record came to be, and that its content was changed.
ENTRIES = {"log": _("Logged"), "register": _("Entered"), "change": _("Corrected"), "import": _("From a ledger")}


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after."""

    label: object
    before: object
    after: object


@dataclass(slots=True)
class Moment:
    """One entry of a timeline."""

    at: datetime
    what: object
    who: str
    office: str = ""
    state: str = ""
    state_label: object = ""
    comment: str = ""
    changes: list[Change] = field(default_factory=list)


def timeline(record: Model, user, fields: Sequence[str]) -> list[Moment]:
    """The life of a record the user may see, newest first; changes of `fields` stand with the correction that made them."""
    decisions = Decision.objects.visible_to(user).about(record).order_by("id")
    moments = [_moment(record, decision) for decision in decisions]
    corrections = [moment for moment in moments if moment.what is ENTRIES["change"]]
    written = list(_written(record, fields))
    for moment, (_at, _who, changes) in zip(corrections, written, strict=False):
        moment.changes = changes
    # A row changed by another way than an action has no decision; its history shows it all the same.
    for at, who, changes in written[len(corrections) :]:
        moments.append(Moment(at=at, what=_("Changed"), who=who, changes=changes))
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _moment(record: Model, decision: Decision) -> Moment:
    step = FLOWS[type(record)].steps.get(decision.step)
    states = dict(record._meta.get_field("state").choices)
    role = f"{Role(decision.role).label} · " if decision.role else ""
    return Moment(
        at=decision.at,
        what=step.label if step else ENTRIES.get(decision.step, decision.step),
        who=decision.actor_text,
        office=f"{role}{decision.unit_text}",
        state=decision.to_state,
        state_label=states[decision.to_state],
        comment=decision.comment,
    )


def _written(record: Model, fields: Sequence[str]) -> Iterator[tuple[datetime, str, list[Change]]]:
    """When which of the fields were changed, from the history the database keeps."""
    links = [name for name in fields if record._meta.get_field(name).many_to_one]
    before = None
    for event in record.events.select_related("pgh_context", *links).order_by("pgh_id"):
        if before is not None:
            changes = [
                Change(record._meta.get_field(name).verbose_name, getattr(before, name), getattr(event, name))
                for name in fields
                if getattr(before, name) != getattr(event, name)
            ]
            if changes:
                by = event.pgh_context.metadata.get("name", "") if event.pgh_context else ""
                yield event.pgh_created_at, by, changes
        before = event
