"""Entering what the town pays, which settles the instalment it owes; and taking a wrong entry back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.workflow.actions import settle
from stations.actions.budgets import DUTY, owe_instalments
from stations.actions.entries import check_entry, lock_station, reverse, store
from stations.models import Appropriation, Budget, Instalment, Station

POWER = "stations.appropriations"


def enter_payment(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    year: int,
    amount: Decimal,
    on: date,
    document: str,
    instalment: Instalment | None = None,
    note: str = "",
    late_reason: str = "",
) -> Appropriation:
    """Enters a payment of the town to the station, in yuan, for a planned instalment or outside the plan.

    Raises ValidationError by field, PermissionDenied with the matrix's sentence.
    """
    at = at or timezone.now()
    require(actor.offices, POWER, ("decide",), path=station.division.path)
    payment = Appropriation(
        station=station,
        year=year,
        amount=amount,
        on=on,
        document=document,
        instalment=instalment,
        note=note,
        recorded_at=at,
        recorded_by=actor,
    )
    check_entry(payment, late_reason, at)
    with acting(actor):
        lock_station(station)
        if instalment:
            _check_instalment(instalment, payment)
        store(payment)
        if instalment:
            _settle_paid(payment, at)
    return payment


def reverse_payment(*, actor, appropriation: Appropriation, reason: str, at: datetime | None = None) -> Appropriation:
    """Takes a payment back that was entered wrongly; its instalment is owed once more."""
    at = at or timezone.now()
    with acting(actor):
        reversal = reverse(
            appropriation, actor=actor, reason=reason, at=at, power=POWER, instalment=appropriation.instalment
        )
        if reversal.instalment:
            owe_instalments(_in_force(reversal), at)
    return reversal


def _check_instalment(instalment: Instalment, payment: Appropriation) -> None:
    budget = Budget.objects.get(pk=instalment.budget_id)
    if (budget.station_id, budget.year) != (payment.station_id, payment.year):
        message = _("The instalment belongs to another station or year.")
        raise ValidationError({"instalment": ValidationError(message, code="instalment_elsewhere")})
    if budget.state != budget.State.COMMITTED:
        message = _("The budget of this instalment is “%(state)s”; name one of the budget in force.")
        raise ValidationError(
            {"instalment": ValidationError(message % {"state": budget.get_state_display()}, code="not_in_force")}
        )


def _in_force(payment: Appropriation):
    """The instalment of the payment's number under the budget in force."""
    return Instalment.objects.in_force().filter(
        budget__station=payment.station, budget__year=payment.year, number=payment.instalment.number
    )


def _settle_paid(payment: Appropriation, at: datetime) -> None:
    """The town's duty is done once the whole instalment is paid."""
    paid = [one for one in _in_force(payment).with_payments() if one.paid >= one.amount]
    settle(paid, DUTY, at=at)
