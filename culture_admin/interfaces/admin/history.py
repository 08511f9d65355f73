"""The history of a record as PostgreSQL wrote it down: who changed what, when, by which request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culture_admin.workflow.models import Decision
from culture_admin.workflow.steps import FLOWS
from culture_admin.workflow.words import in_words

# Columns that follow from others or serve the machinery; a reader of history learns nothing from them.
UNTOLD = {"id", "search", "path", "version", "client_uuid", "batch_row", "entrusted", "filed_by", "filed_at"}
# Decisions that are no steps of a flow: how a record came to be, and that its content was changed.
ENTRIES = {
    "log": _("Logged"),
    "draft": pgettext_lazy("an entry", "Drafted"),
    "draw_up": pgettext_lazy("an entry", "Drawn up"),
    "plan": pgettext_lazy("an entry", "Planned"),
    "book": _("Booked"),
    "register": _("Entered"),
    "change": _("Corrected"),
    "claim": _("Said by the town"),
    "review": _("Said by the review"),
    "say": _("Said by the service provider"),
    "draw": pgettext_lazy("a sample", "Drawn"),
    "look": _("Outcomes entered"),
    "absorb": _("Took in a double"),
    "import": _("From a ledger"),
    "open": _("Opened"),
    "attend": _("Attendance recorded"),
    "presence": _("Presence noted"),
    "chase": _("Chased up"),
    "revise": _("Form revised"),
    "postpone": _("Deadline moved"),
    "code": _("Code assigned"),
    "warn": _("Warned"),
    "issue": pgettext_lazy("a number", "Issued"),
    "set": pgettext_lazy("a target", "Set"),
    "grant": pgettext_lazy("an award", "Granted"),
    "appoint": _("Appointed"),
    "adopt": pgettext_lazy("an edition", "Taken over"),
    "propose": pgettext_lazy("an entry", "Proposed"),
    "award": _("Award noted"),
    "file": pgettext_lazy("a contract", "Filing noted"),
    "post": pgettext_lazy("a steward", "Posted"),
    "end": pgettext_lazy("a posting", "End set"),
    "hand_over": _("Handed over"),
    "request": _("Asked for"),
    "note": pgettext_lazy("an absence", "Noted"),
    "order": pgettext_lazy("an entry", "Ordered"),
}


@dataclass(frozen=True)
class Entry:
    """One field of a change: its label, what stood there and what stands there now, as text."""

    label: object
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What one transaction did to a record."""

    at: datetime
    who: str
    door: str
    request: str
    created: bool
    entries: list[Entry] = field(default_factory=list)


def changes_of(record: Model) -> list[Change]:
    """The changes of a record, newest first; an empty list for a model without history."""
    if not hasattr(record, "events"):
        return []
    events = list(record.events.select_related("pgh_context").order_by("pgh_id"))
    names = Names(record, events)
    changes = []
    for before, event in pairwise([None, *events]):
        entries = list(_entries(record, before, event, names))
        if entries or before is None:
            changes.append(_change(event, before is None, entries))
    return changes[::-1]


def _change(event: Model, created: bool, entries: list[Entry]) -> Change:
    told = event.pgh_context.metadata if event.pgh_context else {}
    return Change(
        at=localtime(event.pgh_created_at),
        who=told.get("name") or gettext("System"),
        door=told.get("door", ""),
        request=told.get("request", ""),
        created=created,
        entries=entries,
    )


def _entries(record: Model, before: Model | None, event: Model, names: Names) -> Iterator[Entry]:
    for column in _told(record):
        old = getattr(before, column.attname, None)
        new = getattr(event, column.attname, None)
        if old != new:
            yield Entry(column.verbose_name, names.text(column, old), names.text(column, new))


def _told(record: Model) -> Iterator[Field]:
    """The fields of the record that its events keep and a reader cares for."""
    kept = type(record).events.rel.related_model._meta
    for column in record._meta.concrete_fields:
        try:
            kept.get_field(column.name)
        except FieldDoesNotExist:
            continue
        if column.name not in UNTOLD:
            yield column


def step_label(decision: Decision) -> object:
    """What was done, in the words of the flow."""
    flow = FLOWS.get(decision.subject_type.model_class())
    step = flow.steps.get(decision.step) if flow else None
    return ENTRIES.get(decision.step, decision.step) if step is None or not decision.from_state else step.label


class Names:
    """Values as a reader reads them; related rows are named by one query per model.

    events: states of the record, as its history or an instance has them. What a field keeps in a form of its own the record
    tells by `tell_FIELD(value)`.
    """

    def __init__(self, record: Model, events: Sequence[Model]):
        wanted: dict[type[Model], set] = {}
        for column in _told(record):
            if column.is_relation:
                keys = {getattr(event, column.attname) for event in events} - {None}
                wanted.setdefault(column.related_model, set()).update(keys)
        self.record = record
        self.rows = {model: model._default_manager.in_bulk(keys) for model, keys in wanted.items() if keys}

    def text(self, column: Field, value: object) -> str:
        tell = getattr(self.record, f"tell_{column.name}", None)
        return (tell(value) if tell and value else "") or in_words(column, value, self.rows)
