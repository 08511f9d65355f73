"""What a firm of the town's county serves there, for the tests of walls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Model

from culture_admin.workflow.actions import perform
from stewards.actions import (
    add_firm,
    add_steward,
    draft_contract,
    log_duty,
    note_absence,
    place_order,
    post_steward,
    sign_contract,
)
from stewards.models import Absence, DutyDay, Posting, ServiceOrder
from tests.district import NOW, TODAY, District
from tests.stewards.firms import code_of

# The first part of the desk's addresses of one record, and the model of the record.
PAGES_OF_SERVICE: dict[str, type[Model]] = {
    "postings": Posting,
    "duty-days": DutyDay,
    "absences": Absence,
    "orders": ServiceOrder,
}
SERIALS = {"east": 901, "west": 902, "elsewhere": 903}


def of_service(district: District, town: str, mark: str) -> Iterator[Model]:
    """What a firm of the town's county serves there: a posting under a contract, a day on duty, an absence and an order."""
    station, head = district.station(town), getattr(district, f"station_head_{town}")
    section = district.service if town != "elsewhere" else district.bureau_admin_elsewhere
    firm = add_firm(actor=None, division=station.county, name_zh=f"{town}管家公司", uscc=code_of(SERIALS[town] + 20))
    line = {"item": mark, "measure": "works", "target": Decimal(9), "unit_price": Decimal(100), "weight": 100}
    contract = draft_contract(
        actor=section, place=station.county, stations=[station], number=f"{mark}服", name=mark, firm=firm, method="open_tender",
        budget=Decimal(900), amount=Decimal(900), headcount=2, begins_on=date(2026, 3, 1), ends_on=date(2029, 2, 28),
        lines=[line], at=NOW,
    )  # fmt: skip
    perform(contract, "procure", actor=section, at=NOW)
    sign_contract(actor=section, contract=contract, awarded_on=date(2026, 2, 2), signed_on=date(2026, 2, 20), at=NOW)
    steward = add_steward(actor=None, firm=firm, name=mark)
    posting = post_steward(
        actor=None, steward=steward, station=station, contract=contract, valid_from=date(2026, 3, 1), supervisor=mark
    )
    yield posting
    yield log_duty(actor=None, posting=posting, day=TODAY, tasks=mark, at=NOW)
    yield note_absence(
        actor=head, posting=posting, first=date(2026, 5, 12), last=date(2026, 5, 12), reason=mark, at=NOW
    )
    yield place_order(
        actor=head,
        line=contract.lines.get(),
        station=station,
        quantity=1,
        what=mark,
        wanted_on=date(2026, 6, 1),
        at=NOW,
    )
