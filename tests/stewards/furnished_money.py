"""Rows of acceptances and payments of a town's contract, of every kind there is, each with a mark by which it is found again."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Model

from culture_admin.workflow.actions import perform
from stewards.actions import (
    add_firm,
    change_acceptance,
    draft_contract,
    draw_up,
    pay_contract,
    propose_deduction,
    sign_contract,
)
from stewards.models import Acceptance, Signature
from tests.assessments.furnishing import people_of
from tests.district import NOW, TODAY, District
from tests.stewards.bills import BEGAN, ENDED
from tests.stewards.deals import AWARDED, SIGNED
from tests.stewards.firms import code_of
from tests.stewards.many_paid import LINE, PLAN

# The pages of the desk by the model of their record.
PAGES_OF_MONEY: dict[str, type[Model]] = {"acceptances": Acceptance, "signatures": Signature}
SERIALS = {"east": 911, "west": 912, "elsewhere": 913}


def of_money(district: District, town: str, mark: str) -> Iterator[Model]:
    """A contract that serves this town alone: what is accepted, signed, deducted and paid of it."""
    station, people = district.station(town), people_of(district, town)
    firm = add_firm(
        actor=None, division=station.county, name_zh=f"{town}演艺公司", uscc=code_of(SERIALS[town]), manager=mark
    )
    contract = draft_contract(
        actor=people.section, at=NOW, place=station.county, stations=[station], number=f"{mark}2", name=mark, firm=firm,
        method="open_tender", budget=Decimal(100_000), amount=Decimal(100_000), headcount=1, begins_on=BEGAN, ends_on=ENDED,
        cancel_rate=Decimal(100), lines=[LINE | {"item": mark}], plan=PLAN,
    )  # fmt: skip
    perform(contract, "procure", actor=people.section, at=NOW)
    sign_contract(actor=people.section, contract=contract, awarded_on=AWARDED, signed_on=SIGNED, at=NOW)
    contract.refresh_from_db()
    yield contract
    deduction = propose_deduction(
        actor=people.section, contract=contract, kind="cancelled", on=ENDED, quantity=Decimal(1), reason=mark, at=NOW
    )
    perform(deduction, "decide", actor=people.leader, at=NOW)
    yield deduction
    now, later = contract.plan.order_by("number")
    yield from (now, later)
    sheet = draw_up(
        actor=people.section, contract=contract, instalment=later, first=BEGAN, last=ENDED, conclusion=mark, at=NOW
    )
    said = [{"line": 1, "comment": mark}]
    sheet = change_acceptance(actor=people.section, acceptance=sheet, comments=said, at=NOW)
    perform(sheet, "submit", actor=people.section, at=NOW)
    yield sheet
    yield from sheet.lines.all()
    yield from sheet.signatures.all()
    yield pay_contract(
        actor=people.finance, instalment=now, amount=Decimal(1), on=TODAY, document=mark, note=mark, at=NOW
    )
