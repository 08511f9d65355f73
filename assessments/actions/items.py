"""What is said of an item by the town, what the first review makes of it, and the evidence shown for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from culture_admin.scoring.saying import Side, say, say_all, say_either
from culture_admin.scoring.sources import Source
from culture_admin.scoring.table import Indicator
from culture_admin.workflow.actions import StepRefused
from culture_admin.workflow.locking import closed_to_change, lock

SELF, REVIEW = "assessments.self", "assessments.review"
WRITERS = ("propose", "decide")
# In these the first review writes.
REVIEWED_IN = (Assessment.State.SEALED, Assessment.State.ACCEPTED, Assessment.State.CHECKED)


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
    said = {"claimed": claimed, "claimed_numbers": claimed_numbers, "note": note}
    return say(_rows(actor), item, CLAIMS, said, actor=actor, seen=seen, at=at)


def claim_items(
    *, actor, assessment: Assessment, said: Mapping[str, Mapping[str, Any]], at: datetime | None = None
) -> list[Item]:
    """The set-wise form of `claim_item` for one town: by indicator {claimed, claimed_numbers, note, seen}; all or nothing.

    Raises ValidationError by indicator, StepRefused, PermissionDenied.
    """
    return say_all(_rows(actor).filter(assessment=assessment), CLAIMS, said, actor=actor, at=at)


def change_item(*, actor, item: Item, seen: int | None = None, at: datetime | None = None, **changes: Any) -> Item:
    """Takes what the town says, or what the review says; never both at once. Raises what those two raise."""
    return say_either(_rows(actor), item, CLAIMS, REVIEWS, changes, actor=actor, seen=seen, at=at)


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
    said = {"reviewed": reviewed, "reviewed_numbers": reviewed_numbers, "remark": remark}
    return say(_rows(actor), item, REVIEWS, said, actor=actor, seen=seen, at=at)


def review_items(
    *, actor, assessment: Assessment, said: Mapping[str, Mapping[str, Any]], at: datetime | None = None
) -> list[Item]:
    """The set-wise form of `review_item` for one town: by indicator {reviewed, reviewed_numbers, remark, seen}; all or nothing.

    Raises ValidationError by indicator, StepRefused, PermissionDenied.
    """
    return say_all(_rows(actor).filter(assessment=assessment), REVIEWS, said, actor=actor, at=at)


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
        row = lock(_rows(actor), item, None)
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
        item = lock(_rows(actor), evidence.item, None)
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


def _may_claim(actor, item: Item) -> Office:
    """The office in which the actor writes for the town, as long as it writes. Raises StepRefused, PermissionDenied."""
    office, _verb = require(actor.offices, SELF, WRITERS, path=item.assessment.division.path)
    if item.assessment.state not in Assessment.WRITTEN:
        raise closed_to_change(item.assessment)
    return office


def _may_review(actor, item: Item) -> Office:
    """The office in which the actor reviews, as long as the review is open. Raises StepRefused, PermissionDenied."""
    assessment = item.assessment
    office, _verb = require(actor.offices, REVIEW, ("decide",), path=assessment.division.path)
    if assessment.state not in REVIEWED_IN or assessment.cycle.state not in ("open", "locked"):
        raise closed_to_change(assessment)
    return office


def _claim(
    row: Item, actor, claimed: str = "", claimed_numbers: Sequence[Decimal] = (), note: str | None = None
) -> str:
    row.claimed_numbers = check_numbers("claimed_numbers", *indicator_of(row), claimed, claimed_numbers)
    row.claimed = claimed
    row.note = row.note if note is None else note
    return row.note


def _review(
    row: Item, actor, reviewed: str = "", reviewed_numbers: Sequence[Decimal] = (), remark: str | None = None
) -> str:
    row.reviewed_numbers = check_numbers("reviewed_numbers", *indicator_of(row), reviewed, reviewed_numbers)
    row.reviewed, row.reviewed_by = reviewed, actor
    row.remark = row.remark if remark is None else remark
    if row.review != row.claim and not row.remark.strip():
        message = _("The town says something else; say why you differ.")
        raise ValidationError({"remark": ValidationError(message, code="remark_required")})
    return row.remark


def _rows(actor) -> QuerySet[Item]:
    return Item.objects.visible_to(actor).select_related(
        "assessment__division", "assessment__unit", "assessment__cycle__scheme"
    )


CLAIMS = Side("claim", ("claimed", "claimed_numbers", "note"), _may_claim, _claim)
REVIEWS = Side("review", ("reviewed", "reviewed_numbers", "remark"), _may_review, _review)
