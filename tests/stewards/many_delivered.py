"""For the lists of what is delivered: one more row of each kind, by its number."""

from __future__ import annotations

from collections.abc import Callable

from stewards.models import Contract, Delivery, LineAlert, ServiceLine
from tests.district import NOW, District
from tests.stewards.deals import Deal


def served(district: District, number: int) -> Delivery:
    """A new contract with a line, and a delivery on it."""
    line = line_of(district, number)
    return Delivery.objects.create(
        line=line, contract=line.contract, firm=district.firm, steward=district.posting("east").steward, station=district.east,
        county=district.county, source_kind="activity", source_id=number, on=line.first, amount=1, posted_at=NOW,
    )  # fmt: skip


def line_of(district: District, number: int) -> ServiceLine:
    contract: Contract = Deal(district, number=f"{number}号").draft()
    return contract.lines.get(measure="activities")


def alert(district: District, number: int) -> LineAlert:
    line = line_of(district, number)
    return LineAlert.objects.create(line=line, contract=line.contract, level=75, reached_at=NOW)


OF_LEDGER: dict[type, Callable[[District, int], object]] = {Delivery: served, LineAlert: alert}
