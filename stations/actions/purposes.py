"""Asking that money of one purpose be used for another, and what stands against it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.interfaces.money import checked
from culture_admin.workflow.actions import record_entry
from stations.actions.entries import lock_station
from stations.actions.rows import enter
from stations.models import Budget, BudgetLine, Purpose, PurposeChange, Station

POWER = "stations.purposes"


def propose_purpose_change(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    year: int,
    from_purpose: str,
    to_purpose: str,
    amount: Decimal,
    reason: str,
    document: str = "",
) -> PurposeChange:
    """Files the case of using `amount` yuan of one purpose for another within the budget in force.

    Raises ValidationError by field, PermissionDenied with the matrix's sentence.
    """
    at = at or timezone.now()
    office, _verb = require(actor.offices, POWER, ("propose",), path=station.division.path)
    with acting(actor):
        lock_station(station)
        budget = Budget.objects.committed().of(station, year).first()
        if budget is None:
            message = _("The station has no budget in force for %(year)d.") % {"year": year}
            raise ValidationError({"year": ValidationError(message, code="no_budget")})
        change = PurposeChange(
            station=station,
            budget=budget,
            from_purpose=from_purpose,
            to_purpose=to_purpose,
            amount=amount,
            reason=reason,
            document=document,
            filed_by=actor,
            filed_at=at,
        )
        faults = _faults(change)
        if faults:
            raise ValidationError(faults)
        enter(change)
        record_entry(change, step="register", office=office, actor=actor, at=at)
    return change


def left_of(change: PurposeChange) -> Decimal:
    """What the budget still has for the purpose the money is to come from."""
    lines = BudgetLine.objects.filter(budget=change.budget_id, purpose=change.from_purpose).with_account()
    line = lines.first()
    return line.left if line else Decimal(0)


def too_much_text(change: PurposeChange, left: Decimal) -> str:
    return _("“%(purpose)s” has %(left)s yuan left, not %(amount)s.") % {
        "purpose": change.get_from_purpose_display(),
        "left": f"{left:,.2f}",
        "amount": f"{change.amount:,.2f}",
    }


def _faults(change: PurposeChange) -> dict[str, ValidationError]:
    for name in ("from_purpose", "to_purpose"):
        if getattr(change, name) not in Purpose.values:
            message = _("There is no purpose “%(purpose)s”.") % {"purpose": getattr(change, name)}
            return {name: ValidationError(message, code="invalid_choice")}
    if change.from_purpose == change.to_purpose:
        return {"to_purpose": ValidationError(_("The two purposes are the same."), code="same_purpose")}
    try:
        change.amount = checked(change.amount, str(change.amount))
    except ValidationError as refused:
        return {"amount": refused}
    if change.amount <= 0:
        message = _("An amount above zero is expected, read %(amount)s.") % {"amount": change.amount}
        return {"amount": ValidationError(message, code="amount_positive")}
    left = left_of(change)
    if change.amount > left:
        return {"amount": ValidationError(too_much_text(change, left), code="amount_exceeded")}
    return {}
