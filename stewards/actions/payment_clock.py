"""By when a firm is paid: the bureau owes it from the signing or the acceptance on, finance is told, the payments settle it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import Debt, owe_all, settle
from culture_admin.workflow.models import DUTIES, Duty
from stewards.models import Acceptance, Contract
from stewards.paying import OF_MONEY, statement_of

POWER, PAY, ADVANCE = "stewards.payments", "stewards.payment", "stewards.advance"
DAYS_TO_PAY = timedelta(days=30)

DUTIES[PAY] = Duty(
    lambda acceptance: _("Pay what is accepted: %(acceptance)s") % {"acceptance": acceptance},
    gettext_lazy("Regulations on ensuring payments to small and medium-sized enterprises, Art. 9: within 30 days"),
    gettext_lazy("Pay what is accepted of a contract"),
    POWER,
    ahead=7,
)
DUTIES[ADVANCE] = Duty(
    lambda contract: _("Pay what is due on signing: %(contract)s") % {"contract": contract},
    gettext_lazy("The contract's payment plan; without a day of its own within 30 days of the signing"),
    gettext_lazy("Pay what is due on the signing of a contract"),
    POWER,
    ahead=7,
)


def reckon_advance(contract: Contract, at: datetime) -> None:
    """What is due on signing is owed as long as something of it is left and the contract is in force."""
    held = Contract.objects.prefetch_related(*OF_MONEY).get(pk=contract.pk)
    left = [row for row in statement_of(held).rows if row.instalment.on_signing and row.left]
    settle(held, ADVANCE, at=at)
    if not left or held.signed_on is None:
        return
    due_on = min(row.instalment.due_on or held.signed_on + DAYS_TO_PAY for row in left)
    duty = DUTIES[ADVANCE]
    for bureau in Unit.objects.filter(kind=Unit.Kind.BUREAU, division=held.place_id).order_by("pk")[:1]:
        label, basis = str(duty.label(held))[:200], str(duty.basis)[:200]
        owe_all([Debt(bureau.pk, held, ADVANCE, label, held.signed_on, due_on=due_on, basis=basis)])


def owe_payment(acceptances: Iterable[Acceptance], at: datetime) -> None:
    """What was accepted is owed from the day of the acceptance on; of nothing nothing is owed."""
    duty, debts = DUTIES[PAY], []
    for one in acceptances:
        bureau = Unit.objects.filter(kind=Unit.Kind.BUREAU, division=one.contract.place_id).order_by("pk").first()
        if bureau and one.payable:
            accepted_on = one.accepted_on or timezone.localdate(at)
            label, basis = str(duty.label(one))[:200], str(duty.basis)[:200]
            due_on = accepted_on + DAYS_TO_PAY
            debts.append(Debt(bureau.pk, one, PAY, label, accepted_on, due_on=due_on, basis=basis))
    owe_all(debts)


def settle_payment(acceptance: Acceptance, at: datetime) -> None:
    settle(acceptance, PAY, at=at)
