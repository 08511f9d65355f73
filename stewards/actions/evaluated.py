"""What the firm says of the items of an evaluation, and what the review makes of them; nobody enters an item that is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import Office
from culture_admin.scoring.judging import Judged, check_numbers
from culture_admin.scoring.sources import Source
from culture_admin.scoring.table import Indicator
from culture_admin.scoring.values import Standing
from culture_admin.workflow.actions import StepRefused, record_each, record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from stewards.models import Evaluation, EvaluationItem

POWER = "stewards.evaluations"
ENTERED = ("evaluation__contract__place", "evaluation__contract__firm", "evaluation__scheme")
CLAIM = ("claimed", "claimed_numbers", "note")
REVIEWED = ("reviewed", "reviewed_numbers", "remark")
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
    return _enter(actor, item, "claim", {"claimed": claimed, "numbers": claimed_numbers, "note": note}, seen, at)


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
    entry = {"reviewed": reviewed, "numbers": reviewed_numbers, "remark": remark}
    return _enter(actor, item, "review", entry, seen, at)


def change_evaluation_item(
    *, actor, evaluationitem: EvaluationItem, seen: int | None = None, at: datetime | None = None, **changes: Any
) -> EvaluationItem:
    """Takes what the firm says, or what the review says; never both at once. Raises what those two raise."""
    kept = {name: changes.get(name, getattr(evaluationitem, name)) for name in CLAIM + REVIEWED}
    if set(changes) & set(REVIEWED) and set(changes) & set(CLAIM):
        message = _("Say what the firm claims, or what the review makes of it; not both at once.")
        raise ValidationError({"reviewed": ValidationError(message, code="both_at_once")})
    if set(changes) & set(REVIEWED):
        return review_item(
            actor=actor, item=evaluationitem, seen=seen, at=at, **{name: kept[name] for name in REVIEWED}
        )
    return claim_item(actor=actor, item=evaluationitem, seen=seen, at=at, **{name: kept[name] for name in CLAIM})


def claim_evaluation(
    *, actor, evaluation: Evaluation, said: Mapping[str, Mapping[str, Any]], at: datetime | None = None
) -> list[EvaluationItem]:
    """The set-wise form of `claim_item`: by item {claimed, claimed_numbers, note, seen}; all or nothing, faults by item."""
    return _enter_all(actor, evaluation, "claim", said, at)


def review_evaluation(
    *, actor, evaluation: Evaluation, said: Mapping[str, Mapping[str, Any]], at: datetime | None = None
) -> list[EvaluationItem]:
    """The set-wise form of `review_item`: by item {reviewed, reviewed_numbers, remark, seen}; all or nothing, faults by item."""
    return _enter_all(actor, evaluation, "review", said, at)


def _enter(actor, item: EvaluationItem, step: str, entry: dict[str, Any], seen: int | None, at: datetime | None):
    with acting(actor):
        row = lock(EvaluationItem.objects.visible_to(actor).select_related(*ENTERED), item, seen)
        office = _may(actor, row.evaluation, step)
        comment = SAYS[step](row, actor, **entry)
        row.version += 1
        row.full_clean()
        row.save()
        record_entry(
            row, step=step, office=office, actor=actor, at=at or timezone.now(), from_state=row.state, comment=comment
        )
    return row


def _enter_all(
    actor, evaluation: Evaluation, step: str, said: Mapping[str, Mapping[str, Any]], at: datetime | None
) -> list[EvaluationItem]:
    """Locks the items named, enters what is said of each, and writes all of them together."""
    with acting(actor):
        seen = EvaluationItem.objects.visible_to(actor).select_related(*ENTERED).filter(evaluation=evaluation)
        rows = list(seen.filter(code__in=said).select_for_update(of=("self",)).order_by("pk"))
        faults: dict[str, ValidationError] = {
            code: ValidationError(_("There is no item %(code)s to say this of.") % {"code": code}, code="unknown_item")
            for code in said.keys() - {row.code for row in rows}
        }
        comments: list[str] = []
        office = _may(actor, rows[0].evaluation, step) if rows else None
        for row in rows:
            entry = dict(said[row.code])
            _refuse_stale(row, entry.pop("seen", None))
            numbers = entry.pop(f"{STEM[step]}_numbers", ())
            try:
                comments.append(SAYS[step](row, actor, numbers=numbers, **entry))
                row.version += 1
                row.clean_fields(exclude=["evaluation", "reviewed_by"])
            except ValidationError as refused:
                faults[row.code] = ValidationError([one for errors in refused.error_dict.values() for one in errors])
        if faults:
            raise ValidationError(faults)
        if rows:
            EvaluationItem.objects.bulk_update(rows, [*FIELDS[step], "version"])
            record_each(
                rows, step=step, actor=actor, at=at or timezone.now(), offices=[office] * len(rows), comment=comments,
                changed=True,
            )  # fmt: skip
    return rows


def _refuse_stale(row: EvaluationItem, seen: int | None) -> None:
    if seen is not None and seen != row.version:
        text = _("The record was changed since you looked at it. Read it again.")
        raise StepRefused("stale", text, row.pk, row.version)


def _may(actor, evaluation: Evaluation, step: str) -> Office:
    """The office in which the actor says this, while it is the time to say it. Raises StepRefused, PermissionDenied."""
    contract = evaluation.contract
    verb, state = ("propose", State.OPEN) if step == "claim" else ("decide", State.DECLARED)
    unit = contract.firm_id if step == "claim" else None
    office, _verb = require(actor.offices, POWER, (verb,), path=contract.place.path, unit_id=unit)
    if evaluation.state != state:
        raise closed_to_change(evaluation)
    return office


def _claim(row: EvaluationItem, actor, claimed: str = "", numbers: Sequence[Decimal] = (), note: str | None = None):
    indicator, source = indicator_of(row)
    row.claimed_numbers = check_numbers("claimed_numbers", indicator, source, claimed, numbers)
    row.claimed = claimed
    row.note = row.note if note is None else note
    if claimed == Judged.NOT_APPLICABLE and not row.note.strip():
        raise ValidationError({"note": _reason(indicator)})
    return row.note


def _review(row: EvaluationItem, actor, reviewed: str = "", numbers: Sequence[Decimal] = (), remark: str | None = None):
    indicator, source = indicator_of(row)
    row.reviewed_numbers = check_numbers("reviewed_numbers", indicator, source, reviewed, numbers)
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


SAYS: Mapping[str, Callable[..., str]] = {"claim": _claim, "review": _review}
STEM = {"claim": "claimed", "review": "reviewed"}
FIELDS = {"claim": CLAIM, "review": (*REVIEWED, "reviewed_by")}
