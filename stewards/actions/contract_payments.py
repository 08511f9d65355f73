"""Paying a firm: entries that are only added to, by somebody who did not sign for the service; a wrong one is taken back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.interfaces.entries import above_zero, reversal_of
from culture_admin.workflow.actions import StepRefused, follow
from culture_admin.workflow.locking import closed_to_change, lock
from stewards.actions.payment_clock import POWER, owe_payment, reckon_advance, settle_payment
from stewards.models import Contract, ContractPayment, PlannedPayment, Signature
from stewards.paying import OF_MONEY, Due, statement_of


def pay_contract(
    *,
    actor,
    instalment: PlannedPayment,
    amount: Decimal,
    on: date,
    document: str,
    note: str = "",
    at: datetime | None = None,
) -> ContractPayment:
    """Enters a payment for an instalment, in yuan; once all is paid of an accepted contract, it is settled.

    What is due on signing needs a signed contract, all else an accepted acceptance. Raises ValidationError by field
    (`more_than_payable`, `date_range`), StepRefused (`not_signed`, `not_accepted`, `payer_signed`), PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        contract = _lock(actor, instalment.contract_id)
        due = next(row for row in statement_of(contract).rows if row.instalment.pk == instalment.pk)
        _refuse_not_due(contract, due)
        _refuse_signer(actor, due)
        payment = ContractPayment(
            contract=contract,
            instalment=due.instalment,
            acceptance=None if due.instalment.on_signing else due.acceptance,
            amount=amount,
            on=on,
            document=document.strip(),
            note=note.strip(),
            recorded_at=at,
            recorded_by=actor,
        )
        _check(payment, due, timezone.localdate(at))
        payment.full_clean()
        payment.save(force_insert=True)
        if payment.amount == due.left:
            if payment.acceptance:
                settle_payment(payment.acceptance, at)
            else:
                reckon_advance(contract, at)
        settle_paid(contract, actor, at)
    return payment


def reverse_contract_payment(
    *, actor, contractpayment: ContractPayment, reason: str, at: datetime | None = None
) -> ContractPayment:
    """Takes a payment back that was entered wrongly; the instalment is owed again.

    Raises StepRefused `reversed_already`, `is_reversal`, `comment_required`; PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        contract = _lock(actor, contractpayment.contract_id)
        entry = ContractPayment.objects.get(pk=contractpayment.pk)
        kept = {name: getattr(entry, name) for name in ("contract_id", "instalment_id", "acceptance_id")}
        reversal = reversal_of(entry, actor=actor, reason=reason, at=at, **kept)
        reversal.full_clean()
        reversal.save(force_insert=True)
        if entry.acceptance:
            owe_payment([entry.acceptance], at)
        else:
            reckon_advance(contract, at)
        if contract.state == Contract.State.SETTLED:
            follow(Contract.objects.filter(pk=contract.pk), "owe_again", actor=actor, at=at, comment=reason.strip())
    return reversal


def settle_paid(contract: Contract, actor, at: datetime) -> None:
    """An accepted contract of which everything is paid is settled."""
    fresh = Contract.objects.prefetch_related(*OF_MONEY).get(pk=contract.pk)
    if fresh.state == Contract.State.ACCEPTED and statement_of(fresh).is_settled:
        follow(Contract.objects.filter(pk=contract.pk), "settle", actor=actor, at=at, comment=_("Everything is paid."))


def _lock(actor, key: int) -> Contract:
    """The contract, so that what is paid of it is entered one after the other. Raises StepRefused, PermissionDenied."""
    rows = Contract.objects.visible_to(actor).select_related("place").prefetch_related(*OF_MONEY)
    contract = lock(rows, Contract(pk=key), None)
    require(actor.offices, POWER, ("decide",), path=contract.place.path)
    return contract


def _refuse_not_due(contract: Contract, due: Due) -> None:
    if due.payable is not None:
        return
    if due.instalment.on_signing:
        if contract.state in Contract.DRAFTED:
            raise StepRefused("not_signed", _("The contract is not signed yet."), contract.pk)
        raise closed_to_change(contract)
    text = _("Nothing is accepted for this instalment yet; it is paid once the acceptance is signed and accepted.")
    raise StepRefused("not_accepted", text, contract.pk)


def _refuse_signer(actor, due: Due) -> None:
    """Who signs for a service does not pay it, nor does he through a substitute."""
    if due.acceptance is None:
        return
    persons = {actor.pk, *(office.acting_for for office in actor.offices if office.acting_for)}
    signed = Signature.objects.filter(acceptance=due.acceptance, state=Signature.State.SIGNED, signed_by__in=persons)
    if signed.exists():
        text = _("Who signed the acceptance does not pay it: have somebody else enter the payment.")
        raise StepRefused("payer_signed", text, due.acceptance.pk)


def _check(payment: ContractPayment, due: Due, today: date) -> None:
    """Raises ValidationError by field."""
    faults = {}
    try:
        payment.amount = above_zero(payment.amount)
    except ValidationError as refused:
        faults["amount"] = refused
    else:
        left = due.left or Decimal(0)
        if payment.amount > left:
            message = _("Of this instalment %(left)s yuan are still to be paid.")
            faults["amount"] = ValidationError(message % {"left": f"{left:,.2f}"}, code="more_than_payable")
    earliest = payment.acceptance.accepted_on if payment.acceptance else payment.contract.signed_on
    if payment.on > today or (earliest and payment.on < earliest):
        message = _("Expected a day from %(first)s to today.")
        faults["on"] = ValidationError(message, code="date_range", params={"first": earliest})
    if faults:
        raise ValidationError(faults)
