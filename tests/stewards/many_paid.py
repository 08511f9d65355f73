"""Rows of acceptances and payments in numbers, for the lists of the admin and of the API."""

from __future__ import annotations

from decimal import Decimal

from stewards.actions import pay_contract
from stewards.models import (
    Acceptance,
    AcceptanceLine,
    Contract,
    ContractPayment,
    Deduction,
    PlannedPayment,
    Signature,
)
from tests.district import NOW, TODAY, District
from tests.stewards.bills import Bill

LINE = {"item": "活动", "measure": "activities", "target": Decimal(10), "unit_price": Decimal(1_000), "weight": 100}
PLAN = ({"share": 50, "when": "signed"}, {"share": 50, "when": "accepted"})


def bill(district: District, number: int) -> Bill:
    """A contract of its own, signed."""
    made = Bill(district, number=f"试文采〔2025〕{number}号", name=f"服务{number}", lines=[LINE], plan=PLAN)
    made.signed_alone()
    return made


def sheet(district: District, number: int) -> Acceptance:
    """Drawn up; every third is signed by everybody."""
    own = bill(district, number)
    made = own.sheet()
    return own.sign_all(made) if number % 3 == 0 else made


def shared(district: District) -> Bill:
    """The one contract that the rows of a list belong to."""
    known = Contract.objects.filter(number="试文采〔2025〕1号").first()
    if known is None:
        return bill(district, 1)
    made = Bill(district)
    made.contract = known
    return made


def payment(district: District, number: int) -> ContractPayment:
    instalment = shared(district).instalment(1)
    return pay_contract(
        actor=district.finance, instalment=instalment, amount=Decimal(number), on=TODAY, document=f"{number}", at=NOW
    )


OF_CONTRACT_MONEY = {
    Acceptance: sheet,
    AcceptanceLine: sheet,
    Signature: sheet,
    Deduction: lambda district, number: shared(district).deduct("cancelled", str(number)),
    PlannedPayment: bill,
    ContractPayment: payment,
}
