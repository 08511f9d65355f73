"""What became of a record: the decisions on it, and what each correction changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.roles import Role
from culture_admin.interfaces.admin.history import ENTRIES, Change, Entry, changes_of
from culture_admin.workflow.models import Decision
from culture_admin.workflow.steps import FLOWS


@dataclass(slots=True)
class Moment:
    """One entry of a timeline."""

    at: datetime
    what: object
    who: str
    office: str = ""
    in_place_of: str = ""
    state: str = ""
    state_label: object = ""
    comment: str = ""
    entries: Sequence[Entry] = field(default_factory=list)


def timeline(record: Model) -> list[Moment]:
    """The life of a record, newest first; what a correction changed stands with it.

    Whoever may see the record may read what was decided on it: a steward, why his log came back.
    """
    moments = [
        _moment(record, decision)
        for decision in Decision.objects.about(record).select_related("acting_for").order_by("id")
    ]
    corrections = [moment for moment in moments if any(moment.what is ENTRIES[name] for name in CORRECTING)]
    changes = [(change, entries) for change in reversed(changes_of(record)) if (entries := _content(record, change))]
    for moment, (_change, entries) in zip(corrections, changes, strict=False):
        moment.entries = entries
    # A row changed by another way than an action has no decision; its history shows it all the same.
    for change, entries in changes[len(corrections) :]:
        moments.append(Moment(at=change.at, what=_("Changed"), who=change.who, entries=entries))
    # Of what was done at the same moment the later stands first too.
    moments.reverse()
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _moment(record: Model, decision: Decision) -> Moment:
    step = FLOWS[type(record)].steps.get(decision.step) if decision.from_state else None
    role = f"{Role(decision.role).label} · " if decision.role else ""
    return Moment(
        at=decision.at,
        what=step.label if step else ENTRIES.get(decision.step, decision.step),
        who=decision.actor_text,
        office=f"{role}{decision.unit_text}",
        in_place_of=decision.acting_for.name if decision.acting_for else "",
        state=decision.to_state,
        state_label=dict(record._meta.get_field("state").choices)[decision.to_state],
        comment=decision.comment,
    )


def _content(record: Model, change: Change) -> list[Entry]:
    """What a change did besides moving the state, which a decision tells; nothing of the first entry."""
    follows = {column.verbose_name for column in record._meta.concrete_fields if column.name in FOLLOWING}
    return [] if change.created else [entry for entry in change.entries if entry.label not in follows]


# What a step sets besides, or what follows from another entry.
FOLLOWING = (
    "state", "registered_on", "deregistered_on", "steward", "firm", "led_by", "division", "county", "filed",
    "moved", "before", "after", "reviewed_by", "awarded_on", "signed_on", "copied_on", "published_on", "closed_on",
    "submitted_on", "arrived_on", "accepted_on", "decided_on", "announced_on", "received_at", "submitted_at", "late",
    "chased_at", "chases", "rectified_on", "answered_on", "consented_on", "publicity_from", "publicity_until", "committed_on",
)  # fmt: skip
# Entries that change what a record says.
CORRECTING = ("change", "claim", "say", "review")
