"""What is said of an item by the town, what the first review makes of it, and the evidence shown for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Assessment, Evidence, Item
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import Office
from culture_admin.exchange.attaching import attach_file
from culture_admin.exchange.models import Attachment
from culture_admin.scoring.judging import check_numbers
from culture_admin.scoring.sources import Source
from culture_admin.scoring.table import Indicator
from culture_admin.workflow.actions import StepRefused, record_each, record_entry
from culture_admin.workflow.locking import closed_to_change, lock

SELF, REVIEW = "assessments.self", "assessments.review"
WRITERS = ("propose", "decide")
# In these the first review writes.
REVIEWED_IN = (Assessment.State.SEALED, Assessment.State.ACCEPTED, Assessment.State.CHECKED)
CLAIM = ("claimed", "claimed_numbers", "note")
REVIEWED = ("reviewed", "reviewed_numbers", "remark")


def claim_item(
    *,
    actor,
    item: Item,
    claimed: str = "",
    claimed_numbers: Sequence[Decimal] = (),
    note: str | None = None,
    seen: int | None = None,
    at: datetime | None = None,
) -> Item:
    """Says what the town claims of an indicator. Of one that is counted only the note is taken: its number is never typed.

    Raises ValidationError by field, StepRefused (`stale`, `illegal_transition`), PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row = _lock(actor, item, seen)
        office = _claims(actor, row.assessment)
        _claim(row, claimed, claimed_numbers, note)
        _store(row)
        record_entry(row, step="claim", office=office, actor=actor, at=at, from_state=row.state, comment=row.note)
    return row


def claim_items(
    *, actor, assessment: Assessment, said: Mapping[str, Mapping[str, Any]], at: datetime | None = None
) -> list[Item]:
    """The set-wise form of `claim_item` for one town: by indicator {claimed, claimed_numbers, note, seen}; all or nothing.

    Raises ValidationError by indicator, StepRefused, PermissionDenied.
    """

    def enter(row: Item, claimed: str = "", claimed_numbers: Sequence[Decimal] = (), note: str | None = None) -> str:
        _claim(row, claimed, claimed_numbers, note)
        return row.note

    return _enter_all(actor, assessment, said, "claim", _claims, enter, CLAIM, at)


def change_item(*, actor, item: Item, seen: int | None = None, at: datetime | None = None, **changes: Any) -> Item:
    """Takes what the town says, or what the review says; never both at once. Raises what those two raise."""
    kept = {name: changes.get(name, getattr(item, name)) for name in CLAIM + REVIEWED}
    if set(changes) & set(REVIEWED) and set(changes) & set(CLAIM):
        message = _("Say what the town claims, or what the review makes of it; not both at once.")
        raise ValidationError({"reviewed": ValidationError(message, code="both_at_once")})
    if set(changes) & set(REVIEWED):
        return review_item(actor=actor, item=item, seen=seen, at=at, **{name: kept[name] for name in REVIEWED})
    return claim_item(actor=actor, item=item, seen=seen, at=at, **{name: kept[name] for name in CLAIM})


def review_item(
    *,
    actor,
    item: Item,
    reviewed: str = "",
    reviewed_numbers: Sequence[Decimal] = (),
    remark: str | None = None,
    seen: int | None = None,
    at: datetime | None = None,
) -> Item:
    """Says what the first review makes of an indicator; where it differs from the town's word, with the reason.

    Raises ValidationError by field, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row = _lock(actor, item, seen)
        office = _reviews(actor, row.assessment)
        _review(row, actor, reviewed, reviewed_numbers, remark)
        _store(row)
        record_entry(row, step="review", office=office, actor=actor, at=at, from_state=row.state, comment=row.remark)
    return row


def review_items(
    *, actor, assessment: Assessment, said: Mapping[str, Mapping[str, Any]], at: datetime | None = None
) -> list[Item]:
    """The set-wise form of `review_item` for one town: by indicator {reviewed, reviewed_numbers, remark, seen}; all or nothing.

    Raises ValidationError by indicator, StepRefused, PermissionDenied.
    """

    def enter(
        row: Item, reviewed: str = "", reviewed_numbers: Sequence[Decimal] = (), remark: str | None = None
    ) -> str:
        _review(row, actor, reviewed, reviewed_numbers, remark)
        return row.remark

    return _enter_all(actor, assessment, said, "review", _reviews, enter, (*REVIEWED, "reviewed_by"), at)


def show_evidence(
    *,
    actor,
    item: Item,
    attachment: Attachment | None = None,
    name: str = "",
    content: bytes = b"",
    page: str = "",
    happened_on: date | None = None,
    note: str = "",
    at: datetime | None = None,
) -> Evidence:
    """Shows a file for an item: a new one, or one the town keeps already with a record of its own.

    Raises ValidationError (`foreign_evidence` for the file of another town), StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row = _lock(actor, item, None)
        require(actor.offices, SELF, WRITERS, path=row.assessment.division.path)
        if row.assessment.state not in Assessment.WRITTEN:
            raise closed_to_change(row.assessment)
        if attachment is None:
            attachment = attach_file(actor=actor, subject=row, name=name, content=content, at=at)
        elif attachment.unit.division_id != row.assessment.division_id:
            message = _("The file belongs to %(unit)s. Show evidence of your own.") % {"unit": attachment.unit}
            raise ValidationError({"attachment": ValidationError(message, code="foreign_evidence")})
        evidence = Evidence(
            item=row,
            attachment=attachment,
            page=page,
            happened_on=happened_on,
            note=note,
            recorded_at=at,
            recorded_by=actor,
        )
        evidence.full_clean()
        evidence.save()
    return evidence


def withdraw_evidence(*, actor, evidence: Evidence, at: datetime | None = None) -> Evidence:
    """Shows a file no more; it stays on record. Raises StepRefused, PermissionDenied."""
    with acting(actor):
        item = _lock(actor, evidence.item, None)
        require(actor.offices, SELF, WRITERS, path=item.assessment.division.path)
        if item.assessment.state not in Assessment.WRITTEN:
            raise closed_to_change(item.assessment)
        evidence.withdrawn = True
        evidence.save(update_fields=["withdrawn"])
    return evidence


def indicator_of(item: Item) -> tuple[Indicator, Source]:
    """The indicator of an item, by the scheme of its year. Raises StepRefused where the scheme has none any more."""
    body = item.assessment.cycle.scheme.content
    for _section, indicator in body.table.indicators():
        if indicator.code == item.code:
            return indicator, body.sources[item.code]
    raise StepRefused(
        "no_indicator", _("The scheme has no indicator %(code)s any more.") % {"code": item.code}, item.pk
    )


def _claims(actor, assessment: Assessment) -> Office:
    """The office in which the actor writes for the town, as long as it writes. Raises StepRefused, PermissionDenied."""
    office, _verb = require(actor.offices, SELF, WRITERS, path=assessment.division.path)
    if assessment.state not in Assessment.WRITTEN:
        raise closed_to_change(assessment)
    return office


def _reviews(actor, assessment: Assessment) -> Office:
    """The office in which the actor reviews, as long as the review is open. Raises StepRefused, PermissionDenied."""
    office, _verb = require(actor.offices, REVIEW, ("decide",), path=assessment.division.path)
    if assessment.state not in REVIEWED_IN or assessment.cycle.state not in ("open", "locked"):
        raise closed_to_change(assessment)
    return office


def _claim(row: Item, claimed: str, numbers: Sequence[Decimal], note: str | None) -> None:
    row.claimed, row.claimed_numbers = _judged("claimed", row, claimed, numbers)
    row.note = row.note if note is None else note


def _review(row: Item, actor, reviewed: str, numbers: Sequence[Decimal], remark: str | None) -> None:
    row.reviewed, row.reviewed_numbers = _judged("reviewed", row, reviewed, numbers)
    row.reviewed_by = actor
    row.remark = row.remark if remark is None else remark
    if row.review != row.claim and not row.remark.strip():
        message = _("The town says something else; say why you differ.")
        raise ValidationError({"remark": ValidationError(message, code="remark_required")})


def _enter_all(
    actor,
    assessment: Assessment,
    said: Mapping[str, Mapping[str, Any]],
    step: str,
    may: Callable[[Any, Assessment], Office],
    enter: Callable[..., str],
    fields: Sequence[str],
    at: datetime | None,
) -> list[Item]:
    """Locks the items named, enters what is said of each, and writes the fields of all of them together."""
    with acting(actor):
        rows = list(
            _rows(actor).filter(assessment=assessment, code__in=said).select_for_update(of=("self",)).order_by("pk")
        )
        _refuse_strangers(rows, said)
        if not rows:
            return []
        office, faults, comments = may(actor, rows[0].assessment), {}, []
        for row in rows:
            entry = dict(said[row.code])
            seen = entry.pop("seen", None)
            if seen is not None and seen != row.version:
                raise StepRefused(
                    "stale", _("The record was changed since you looked at it. Read it again."), row.pk, row.version
                )
            try:
                comments.append(enter(row, **entry))
                row.version += 1
                row.clean_fields(exclude=["assessment", "reviewed_by"])
            except ValidationError as refused:
                faults[row.code] = ValidationError([error for each in refused.error_dict.values() for error in each])
        if faults:
            raise ValidationError(faults)
        Item.objects.bulk_update(rows, [*fields, "version"])
        record_each(
            rows,
            step=step,
            actor=actor,
            at=at or timezone.now(),
            offices=[office] * len(rows),
            comment=comments,
            changed=True,
        )
    return rows


def _refuse_strangers(rows: Sequence[Item], said: Mapping[str, Any]) -> None:
    for code in said.keys() - {row.code for row in rows}:
        message = _("There is no indicator %(code)s.") % {"code": code}
        raise ValidationError({code: ValidationError(message, code="unknown_indicator")})


def _judged(field: str, row: Item, standing: str, numbers: Sequence[Decimal]) -> tuple[str, list[Decimal]]:
    indicator, source = indicator_of(row)
    return standing, check_numbers(f"{field}_numbers", indicator, source, standing, numbers)


def _lock(actor, item: Item, seen: int | None) -> Item:
    return lock(_rows(actor), item, seen)


def _rows(actor) -> QuerySet[Item]:
    return Item.objects.visible_to(actor).select_related(
        "assessment__division", "assessment__unit", "assessment__cycle__scheme"
    )


def _store(row: Item) -> None:
    row.version += 1
    row.full_clean()
    row.save()
