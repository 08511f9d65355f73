"""What the law and the contract want by when: the signing, the copy, the publication, and whether it is renewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import Debt, owe_all, settle
from culture_admin.workflow.calendar import add_working_days
from culture_admin.workflow.models import DUTIES, Duty
from stewards.models import Contract

SIGN, COPY, PUBLISH, RENEW = (f"stewards.contract.{name}" for name in ("sign", "copy", "publish", "renew"))
DAYS_TO_SIGN = timedelta(days=30)
WORKING_DAYS_TO_COPY, WORKING_DAYS_TO_PUBLISH = 7, 2
# How long before the end it is asked whether a contract is renewed.
DAYS_TO_RENEW = timedelta(days=60)
POWER = "stewards.contracts"


DUTIES[SIGN] = Duty(
    lambda contract: _("Sign the contract: %(contract)s") % {"contract": contract},
    gettext_lazy("Government Procurement Law, Art. 46: within 30 days of the award notice"),
    gettext_lazy("Sign a contract"),
    POWER,
)
DUTIES[COPY] = Duty(
    lambda contract: _("Send a copy of the contract to finance: %(contract)s") % {"contract": contract},
    gettext_lazy("Government Procurement Law, Art. 47: within 7 working days of the signing"),
    gettext_lazy("Send a copy of a contract to finance"),
    POWER,
    ahead=3,
)
DUTIES[PUBLISH] = Duty(
    lambda contract: _("Publish the contract: %(contract)s") % {"contract": contract},
    gettext_lazy(
        "Implementing Regulations of the Government Procurement Law, Art. 50: within 2 working days of the signing"
    ),
    gettext_lazy("Publish a contract"),
    POWER,
    ahead=1,
)
DUTIES[RENEW] = Duty(
    lambda contract: _("Decide on the renewal: %(contract)s") % {"contract": contract},
    gettext_lazy("The contract: renewed if its performance is good, as often as it says"),
    gettext_lazy("Decide on the renewal of a contract"),
    POWER,
    ahead=DAYS_TO_RENEW.days,
)


def owe_signing(contract: Contract, awarded_on: date, at: datetime) -> None:
    """From the award on the bureau owes the signing; another day of the award begins the clock anew."""
    settle(contract, SIGN, at=at)
    _owe(contract, SIGN, awarded_on, due_on=awarded_on + DAYS_TO_SIGN)


def owe_filing(contract: Contract, at: datetime) -> None:
    """Once it is signed the bureau owes the copy, the publication and, where it may be renewed, to say whether it is."""
    settle(contract, SIGN, at=at)
    if contract.signed_on is None:
        return
    _owe(contract, COPY, contract.signed_on, working_days=WORKING_DAYS_TO_COPY)
    _owe(contract, PUBLISH, contract.signed_on, working_days=WORKING_DAYS_TO_PUBLISH)
    if contract.renewals_left:
        _owe(contract, RENEW, contract.ends_on - DAYS_TO_RENEW, due_on=contract.ends_on)


def settle_filing(contract: Contract, said: Sequence[str], at: datetime) -> None:
    """`said`: which of the days were noted."""
    for name, code in (("copied_on", COPY), ("published_on", PUBLISH)):
        if name in said:
            settle(contract, code, at=at)


def settle_renewal(contracts: Sequence[Contract], at: datetime) -> None:
    """It is renewed, or it is over."""
    settle(contracts, RENEW, at=at)


@dataclass(frozen=True, slots=True)
class Clock:
    """What is to be done by when, and when it was done: `standing` is done, late, open or overdue."""

    label: str
    due_on: date
    done_on: date | None
    basis: str
    standing: str

    @property
    def words(self) -> str:
        return {
            "done": _("Done in time"),
            "late": _("Done late"),
            "open": pgettext("a duty", "Open"),
            "overdue": _("Overdue"),
        }[self.standing]


def clocks_of(contract: Contract, today: date) -> list[Clock]:
    """The clocks that run or ran on a contract, as its own days tell them: whoever sees the contract sees them."""
    found = []
    if contract.awarded_on:
        found.append((SIGN, contract.awarded_on + DAYS_TO_SIGN, contract.signed_on))
    if contract.signed_on:
        for code, days, done_on in (
            (COPY, WORKING_DAYS_TO_COPY, contract.copied_on),
            (PUBLISH, WORKING_DAYS_TO_PUBLISH, contract.published_on),
        ):
            found.append((code, add_working_days(contract.signed_on, days)[0], done_on))
    return [
        Clock(str(DUTIES[code].name), due_on, done_on, str(DUTIES[code].basis), _stands(due_on, done_on, today))
        for code, due_on, done_on in found
    ]


def _stands(due_on: date, done_on: date | None, today: date) -> str:
    if done_on:
        return "done" if done_on <= due_on else "late"
    return "open" if today <= due_on else "overdue"


def _owe(contract: Contract, code: str, opened_on: date, **until) -> None:
    bureau = Unit.objects.filter(kind=Unit.Kind.BUREAU, division=contract.place_id).order_by("pk").first()
    if bureau:
        duty = DUTIES[code]
        label = str(duty.label(contract))[:200]
        owe_all([Debt(bureau.pk, contract, code, label, opened_on, basis=str(duty.basis)[:200], **until)])
