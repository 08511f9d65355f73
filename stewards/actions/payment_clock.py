"""By when what is accepted is paid: the bureau owes it from the acceptance on, finance is told, the payments settle it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import Debt, owe_all, settle
from culture_admin.workflow.models import DUTIES, Duty
from stewards.models import Acceptance

POWER, PAY = "stewards.payments", "stewards.payment"
DAYS_TO_PAY = timedelta(days=30)

DUTIES[PAY] = Duty(
    lambda acceptance: _("Pay what is accepted: %(acceptance)s") % {"acceptance": acceptance},
    gettext_lazy("Regulations on ensuring payments to small and medium-sized enterprises, Art. 9: within 30 days"),
    gettext_lazy("Pay what is accepted of a contract"),
    POWER,
    ahead=7,
)


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
