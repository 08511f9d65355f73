"""Many rows of what is bought from firms, for the lists of the admin."""

from __future__ import annotations

from decimal import Decimal

from stewards.actions import add_pool_member, add_qualification, propose_supplement, record_penalty
from stewards.models import Contract, FirmStanding, Penalty, PoolMember, Qualification, ServiceLine, Supplement
from tests.district import TODAY, District
from tests.stewards.deals import Deal


def contract(district: District, number: int) -> Contract:
    """One in procurement, whose steps are looked at."""
    return Deal(district, number=f"试文采{number}号").procuring()


def supplement(district: District, number: int) -> Supplement:
    deal = Deal(district)
    known = Contract.objects.filter(state="performing").first()
    performing = known or deal.performing()
    line = performing.lines.get(measure="works")
    return propose_supplement(
        actor=district.service, contract=performing, line=line, quantity=Decimal(1), amount=Decimal(100),
        document=f"补{number}", reason="增加", at=district.now,
    )  # fmt: skip


OF_DEALS = {
    PoolMember: lambda district, number: add_pool_member(
        actor=None, firm=district.firm, kind="teacher", name=f"师{number}", genres=["dance"], valid_from=TODAY
    ),
    Penalty: lambda district, number: record_penalty(
        actor=None, firm=district.firm, what=f"事由{number}", authority="县局", document="文", valid_from=TODAY,
        at=district.now,
    ),
    FirmStanding: lambda district, number: FirmStanding.objects.create(
        firm=district.firm, year=2000 + number, standing="good"
    ),
    Qualification: lambda district, number: add_qualification(
        actor=None, steward=district.posting("east").steward, kind="health", name=f"证{number}", valid_from=TODAY,
        at=district.now,
    ),
    Contract: contract,
    ServiceLine: contract,
    Supplement: supplement,
}  # fmt: skip
