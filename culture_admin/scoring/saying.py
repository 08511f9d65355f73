"""What is said of items, of one or of many at once: by whoever claims something, and by the review."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.roles import Office
from culture_admin.scoring.judging import ReviewedItem
from culture_admin.workflow.actions import record_each, record_entry
from culture_admin.workflow.locking import lock, refuse_stale

Item = TypeVar("Item", bound=ReviewedItem)


@dataclass(frozen=True)
class Side:
    """One of those who say something of an item. step: what stands on record of it. fields: what it says.

    may(actor, item): the office in which it is said, while it is the time to say it; raises StepRefused, PermissionDenied.
    enter(item, actor, **fields): puts it on the item and gives the comment that stands on record; raises ValidationError.
    """

    step: str
    fields: Sequence[str]
    may: Callable[[Any, Any], Office]
    enter: Callable[..., str]


def say(
    rows: QuerySet[Item],
    item: Item,
    side: Side,
    said: Mapping[str, Any],
    *,
    actor,
    seen: int | None,
    at: datetime | None,
) -> Item:
    """Says something of one item. Raises ValidationError by field, StepRefused, PermissionDenied."""
    with acting(actor):
        row = lock(rows, item, seen)
        office = side.may(actor, row)
        comment = side.enter(row, actor, **said)
        row.version += 1
        row.full_clean()
        row.save()
        at = at or timezone.now()
        record_entry(row, step=side.step, office=office, actor=actor, at=at, from_state=row.state, comment=comment)
    return row


def say_either(
    rows: QuerySet[Item],
    item: Item,
    claim: Side,
    review: Side,
    changes: Mapping[str, Any],
    *,
    actor,
    seen: int | None,
    at: datetime | None,
) -> Item:
    """Changes what one of both says; never both at once. Raises what `say` raises."""
    sides = [side for side in (claim, review) if changes.keys() & set(side.fields)] or [claim]
    if len(sides) > 1:
        message = _("Say what is claimed, or what the review makes of it; not both at once.")
        raise ValidationError({"reviewed": ValidationError(message, code="both_at_once")})
    said = {name: changes.get(name, getattr(item, name)) for name in sides[0].fields}
    return say(rows, item, sides[0], said, actor=actor, seen=seen, at=at)


def say_all(
    rows: QuerySet[Item], side: Side, said: Mapping[str, Mapping[str, Any]], *, actor, at: datetime | None
) -> list[Item]:
    """The set-wise form of `say` for the items of one record: by their code what is said, and the version `seen`; all or nothing.

    Raises ValidationError by code, StepRefused, PermissionDenied.
    """
    with acting(actor):
        found = list(rows.filter(code__in=said).select_for_update(of=("self",)).order_by("pk"))
        faults = {
            code: ValidationError(_("There is no item %(code)s to say this of.") % {"code": code}, code="unknown_item")
            for code in said.keys() - {row.code for row in found}
        }
        unsaid = {one.name for one in rows.model._meta.fields} - {*side.fields}
        office = side.may(actor, found[0]) if found else None
        comments = []
        for row in found:
            entry = dict(said[row.code])
            refuse_stale(row, entry.pop("seen", None))
            try:
                comments.append(side.enter(row, actor, **entry))
                row.version += 1
                row.clean_fields(exclude=unsaid)
            except ValidationError as refused:
                faults[row.code] = ValidationError([one for errors in refused.error_dict.values() for one in errors])
        if faults:
            raise ValidationError(faults)
        rows.model._default_manager.bulk_update(found, [*side.fields, "reviewed_by", "version"])
        offices = [office] * len(found)
        at = at or timezone.now()
        record_each(found, step=side.step, actor=actor, at=at, offices=offices, comment=comments, changed=True)
    return found
