"""What the firm says of the items of an evaluation, and what the review makes of them; nobody enters an item that is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import Office
from culture_admin.scoring.judging import Judged, check_numbers
from culture_admin.scoring.saying import Side, say, say_all, say_either
from culture_admin.scoring.sources import Source
from culture_admin.scoring.table import Indicator
from culture_admin.scoring.values import Standing
from culture_admin.workflow.locking import closed_to_change
from stewards.models import Evaluation, EvaluationItem

POWER = "stewards.evaluations"
ENTERED = ("evaluation__contract__place", "evaluation__contract__firm", "evaluation__scheme")
State = Evaluation.State


def claim_item(
    *,
    actor,
    item: EvaluationItem,
    claimed: str = "",
    claimed_numbers: Sequence[Decimal] = (),
    note: str | None = None,
    seen: int | None = None,
    at: datetime | None = None,
) -> EvaluationItem:
    """Says what the firm claims of an item. Raises ValidationError by field, StepRefused, PermissionDenied."""
    said = {"claimed": claimed, "claimed_numbers": claimed_numbers, "note": note}
    return say(_rows(actor), item, CLAIMS, said, actor=actor, seen=seen, at=at)


def review_item(
    *,
    actor,
    item: EvaluationItem,
    reviewed: str = "",
    reviewed_numbers: Sequence[Decimal] = (),
    remark: str | None = None,
    seen: int | None = None,
    at: datetime | None = None,
) -> EvaluationItem:
    """Says what the bureau makes of an item; where it differs from the firm's word, with the reason.

    Raises ValidationError by field, StepRefused, PermissionDenied.
    """
    said = {"reviewed": reviewed, "reviewed_numbers": reviewed_numbers, "remark": remark}
    return say(_rows(actor), item, REVIEWS, said, actor=actor, seen=seen, at=at)


def change_evaluation_item(
    *, actor, evaluationitem: EvaluationItem, seen: int | None = None, at: datetime | None = None, **changes: Any
) -> EvaluationItem:
    """Takes what the firm says, or what the review says; never both at once. Raises what those two raise."""
    return say_either(_rows(actor), evaluationitem, CLAIMS, REVIEWS, changes, actor=actor, seen=seen, at=at)


def claim_evaluation(
    *, actor, evaluation: Evaluation, said: Mapping[str, Mapping[str, Any]], at: datetime | None = None
) -> list[EvaluationItem]:
    """The set-wise form of `claim_item`: by item {claimed, claimed_numbers, note, seen}; all or nothing, faults by item."""
    return say_all(_rows(actor).filter(evaluation=evaluation), CLAIMS, said, actor=actor, at=at)


def review_evaluation(
    *, actor, evaluation: Evaluation, said: Mapping[str, Mapping[str, Any]], at: datetime | None = None
) -> list[EvaluationItem]:
    """The set-wise form of `review_item`: by item {reviewed, reviewed_numbers, remark, seen}; all or nothing, faults by item."""
    return say_all(_rows(actor).filter(evaluation=evaluation), REVIEWS, said, actor=actor, at=at)


def _rows(actor) -> QuerySet[EvaluationItem]:
    return EvaluationItem.objects.visible_to(actor).select_related(*ENTERED)


def _may_claim(actor, item: EvaluationItem) -> Office:
    return _may(actor, item.evaluation, "propose", State.OPEN, item.evaluation.contract.firm_id)


def _may_review(actor, item: EvaluationItem) -> Office:
    return _may(actor, item.evaluation, "decide", State.DECLARED, None)


def _may(actor, evaluation: Evaluation, verb: str, state: str, unit_id: int | None) -> Office:
    """The office in which the actor says this, while it is the time to say it. Raises StepRefused, PermissionDenied."""
    office, _verb = require(actor.offices, POWER, (verb,), path=evaluation.contract.place.path, unit_id=unit_id)
    if evaluation.state != state:
        raise closed_to_change(evaluation)
    return office


def _claim(
    row: EvaluationItem, actor, claimed: str = "", claimed_numbers: Sequence[Decimal] = (), note: str | None = None
) -> str:
    indicator, source = indicator_of(row)
    row.claimed_numbers = check_numbers("claimed_numbers", indicator, source, claimed, claimed_numbers)
    row.claimed = claimed
    row.note = row.note if note is None else note
    if claimed == Judged.NOT_APPLICABLE and not row.note.strip():
        raise ValidationError({"note": _reason(indicator)})
    return row.note


def _review(
    row: EvaluationItem, actor, reviewed: str = "", reviewed_numbers: Sequence[Decimal] = (), remark: str | None = None
) -> str:
    indicator, source = indicator_of(row)
    row.reviewed_numbers = check_numbers("reviewed_numbers", indicator, source, reviewed, reviewed_numbers)
    row.reviewed, row.reviewed_by = reviewed, actor
    row.remark = row.remark if remark is None else remark
    if reviewed == Judged.NOT_APPLICABLE and not row.remark.strip():
        raise ValidationError({"remark": _reason(indicator)})
    if reviewed and row.review != row.claim and not row.remark.strip():
        message = _("The firm says something else; say why you differ.")
        raise ValidationError({"remark": ValidationError(message, code="remark_required")})
    return row.remark


def _reason(indicator: Indicator) -> ValidationError:
    """Whoever says that an item does not apply says why, and is told what becomes of its points."""
    effect = indicator.effects[Standing.NOT_APPLICABLE].label
    message = _("Say why it does not apply; it %(effect)s.") % {"effect": effect}
    return ValidationError(message, code="reason_required")


def indicator_of(item: EvaluationItem) -> tuple[Indicator, Source]:
    """What the standard says of an item."""
    body = item.evaluation.scheme.content
    return next((one, body.sources[one.code]) for _section, one in body.table.indicators() if one.code == item.code)


CLAIMS = Side("say", ("claimed", "claimed_numbers", "note"), _may_claim, _claim)
REVIEWS = Side("review", ("reviewed", "reviewed_numbers", "remark"), _may_review, _review)
