"""Rows of firms and of the service they give to a town, of every kind there is, each with a mark by which it is found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Model

from culture_admin.workflow.actions import perform
from stewards.actions import (
    add_firm,
    add_pool_member,
    add_qualification,
    add_steward,
    draft_contract,
    propose_supplement,
    record_penalty,
    sign_contract,
)
from stewards.models import Contract, Firm, FirmStanding, PoolMember, Qualification, Steward
from tests.district import NOW, TODAY, District
from tests.stewards.firms import code_of

# The pages of the desk by the model of their record.
PAGES_OF_DEALS: dict[str, type[Model]] = {
    "contracts": Contract,
    "firm": Firm,
    "pool": PoolMember,
    "stewards": Steward,
    "qualifications": Qualification,
}
SERIALS = {"east": 901, "west": 902, "elsewhere": 903}


def of_deals(district: District, town: str, mark: str) -> Iterator[Model]:
    """A firm of the town's county with its credit file and a contract for the town. Its name is public; all else bears the mark."""
    county = district.station(town).county
    firm = add_firm(
        actor=None, division=county, name_zh=f"{town}文化公司", uscc=code_of(SERIALS[town]), manager=mark, address=mark
    )
    yield firm
    yield add_pool_member(actor=None, firm=firm, kind="teacher", name=mark, valid_from=TODAY, title=mark)
    yield record_penalty(actor=None, firm=firm, what=mark, authority=mark, document=mark, valid_from=TODAY, at=NOW)
    yield FirmStanding.objects.create(firm=firm, year=2025, standing="good", note=mark)
    steward = add_steward(actor=None, firm=firm, name=mark, speciality=mark)
    yield steward
    yield add_qualification(
        actor=None, steward=steward, kind="certificate", name=mark, issuer=mark, valid_from=TODAY, at=NOW
    )
    yield from _contract(district, town, mark, firm)


def _contract(district: District, town: str, mark: str, firm: Firm) -> Iterator[Model]:
    """A contract in performance, its line, and a supplement that waits for a leader."""
    actor = district.service if town != "elsewhere" else district.bureau_admin_elsewhere
    station = district.station(town)
    line = {"item": mark, "measure": "works", "target": Decimal(4), "unit_price": Decimal(100), "weight": 100}
    contract = draft_contract(
        actor=actor, at=NOW, place=station.county, stations=[station], number=f"采{mark}", name=mark, firm=firm, manager=mark,
        method="open_tender", budget=Decimal(1000), amount=Decimal(1000), headcount=1, begins_on=date(2026, 3, 1),
        ends_on=date(2027, 2, 28), acceptance_terms=mark, breach_terms=mark, lines=[line],
    )  # fmt: skip
    perform(contract, "procure", actor=actor, at=NOW)
    sign_contract(actor=actor, contract=contract, awarded_on=date(2026, 2, 2), signed_on=date(2026, 2, 20), at=NOW)
    contract.refresh_from_db()
    perform(contract, "start", actor=actor, at=NOW)
    yield contract
    bought = contract.lines.get()
    yield bought
    yield propose_supplement(
        actor=actor, contract=contract, line=bought, quantity=Decimal(1), amount=Decimal(100), document=mark, reason=mark,
        at=NOW,
    )  # fmt: skip
