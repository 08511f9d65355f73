"""Deductions by the contract's terms: the section proposes one, somebody else decides, the next acceptance takes it off."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.interfaces.money import FEN, checked
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from stewards.models import Contract, Deduction, ServiceLine

POWER = "stewards.deductions"
K = Deduction.Kind


def propose_deduction(
    *,
    actor,
    contract: Contract,
    kind: str,
    on: date,
    quantity: Decimal,
    reason: str,
    rate: Decimal | None = None,
    line: ServiceLine | None = None,
    at: datetime | None = None,
) -> Deduction:
    """Proposes to deduct something for a day: days of absence, activities cancelled, or an item whose records were false.

    The rate is the contract's; false data cost twice the item's unit price, and only what has no terms of its own has a rate
    that is said. Raises ValidationError by field, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        rows = Contract.objects.visible_to(actor).select_related("place", "firm__unit").prefetch_related("supplements")
        held = lock(rows, contract, None)
        office, _verb = require(actor.offices, POWER, ("propose",), path=held.place.path)
        if held.state not in Contract.DELIVERING:
            raise closed_to_change(held)
        deduction = Deduction(
            contract=held,
            kind=kind,
            line=line,
            on=on,
            quantity=quantity,
            rate=_rate(held, kind, rate, line),
            reason=reason.strip(),
            filed_by=actor,
        )
        deduction.amount = (deduction.quantity * deduction.rate).quantize(FEN, ROUND_HALF_UP)
        _check(deduction, timezone.localdate(at))
        deduction.full_clean()
        deduction.save()
        deduction.refresh_from_db()
        record_entry(deduction, step="propose", office=office, actor=actor, at=at)
    return deduction


def _rate(contract: Contract, kind: str, rate: Decimal | None, line: ServiceLine | None) -> Decimal:
    """How many yuan each costs. Raises ValidationError."""
    if kind == K.OTHER:
        if rate is None or rate <= 0:
            raise _fault("rate", "required", _("Say how many yuan each costs."))
        return checked(rate, str(rate))
    if rate is not None:
        raise _fault("rate", "rate_of_the_contract", _("The rate is the contract's; leave it out."))
    if kind == K.FALSE_DATA:
        if line is None:
            raise _fault("line", "required", _("Name the service line whose records were false."))
        if line.contract_id != contract.pk:
            raise _fault("line", "line_elsewhere", _("The service line is of another contract."))
        return 2 * line.unit_price
    agreed = {K.ABSENCE.value: contract.absence_rate, K.CANCELLED.value: contract.cancel_rate}.get(kind)
    if agreed is None:
        raise _fault("kind", "invalid_choice", _("There is no deduction of this kind."))
    if not agreed:
        raise _fault("kind", "no_rate", _("The contract agrees on no deduction of this kind."))
    return agreed


def _check(deduction: Deduction, today: date) -> None:
    contract = deduction.contract
    if not contract.begins_on <= deduction.on <= contract.ends_on:
        message = _("Expected a day within the contract's term, %(first)s to %(last)s.")
        raise _fault("on", "outside_term", message % {"first": contract.begins_on, "last": contract.ends_on})
    if deduction.on > today:
        raise _fault("on", "in_the_future", _("%(day)s is in the future.") % {"day": deduction.on})
    if deduction.kind == K.CANCELLED and deduction.quantity % 1:
        raise _fault("quantity", "whole_number", _("Activities are counted in whole numbers."))
    if deduction.kind == K.ABSENCE and (deduction.quantity * 2) % 1:
        raise _fault("quantity", "half_days", _("Absence is counted in half days."))
    if deduction.amount > contract.total:
        message = _("%(amount)s yuan are more than the contract comes to.") % {"amount": f"{deduction.amount:,.2f}"}
        raise _fault("quantity", "beyond_contract", message)


def _fault(field: str, code: str, message: str) -> ValidationError:
    return ValidationError({field: ValidationError(message, code=code)})
