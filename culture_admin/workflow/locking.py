"""The record a verb is about to change: locked, and the version that its actor looked at."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from culture_admin.workflow.actions import StepRefused

Row = TypeVar("Row", bound=Model)


def lock(rows: QuerySet[Row], record: Row, seen: int | None) -> Row:
    """The record as it stands in the database, locked. Raises StepRefused (`stale`, `not_found`)."""
    row = rows.select_for_update(of=("self",)).filter(pk=record.pk).first()
    if row is None:
        raise StepRefused("not_found", _("The record does not exist, or lies outside your territory."), record.pk)
    refuse_stale(row, seen)
    return row


def refuse_stale(record: Any, seen: int | None) -> None:
    """Raises StepRefused (`stale`) where the record is not any more what its actor looked at."""
    if seen is not None and record.version != seen:
        text = _("The record was changed since you looked at it. Read it again.")
        raise StepRefused("stale", text, record.pk, record.version)


def closed_to_change(record: Any) -> StepRefused:
    """The refusal to change what its state has settled."""
    text = _("The record is “%(state)s” and is not changed any more.") % {"state": record.get_state_display()}
    return StepRefused("illegal_transition", text, record.pk)
