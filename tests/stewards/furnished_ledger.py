"""A contract for one town with what was served under it: rows with a mark by which they are found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Model

from activities.actions import log_activity
from culture_admin.workflow.actions import perform
from stewards.actions import add_firm, add_steward, draft_contract, post_steward, sign_contract
from stewards.actions.deliveries import move_delivery
from stewards.models import Delivery, LineAlert, ServiceLine
from tests.district import NOW, TODAY, District
from tests.stewards.firms import code_of

SERIALS = {"east": 941, "west": 942, "elsewhere": 943}
# The first part of the desk's addresses of one record, and the model of the record.
PAGES_OF_LEDGER = {"lines": ServiceLine, "line-alerts": LineAlert}


def of_ledger(district: District, town: str, mark: str) -> Iterator[Model]:
    """A contract with two lines, a steward posted under it, what he did, moved to the other line by hand, and alerts."""
    station = district.station(town)
    section = district.bureau_admin_elsewhere if town == "elsewhere" else district.bureau_admin
    firm = add_firm(actor=None, division=station.county, name_zh=f"{town}服务公司", uscc=code_of(SERIALS[town]))
    line = {"item": mark, "measure": "activities", "target": Decimal(1), "unit_price": Decimal(100), "weight": 50}
    contract = draft_contract(
        actor=section, at=NOW, place=station.county, stations=[station], number=f"{mark}号", name=mark, firm=firm,
        method="inquiry", budget=Decimal(1000), amount=Decimal(1000), headcount=1, begins_on=date(2026, 5, 1),
        ends_on=date(2026, 12, 31), lines=[line, line],
    )  # fmt: skip
    yield contract
    perform(contract, "procure", actor=section, at=NOW)
    sign_contract(actor=section, at=NOW, contract=contract, awarded_on=date(2026, 4, 1), signed_on=date(2026, 4, 10))
    contract.refresh_from_db()
    first, second = contract.lines.order_by("number")
    yield first
    steward = add_steward(actor=None, firm=firm, name=mark)
    posting = post_steward(actor=None, steward=steward, station=station, contract=contract, valid_from=date(2026, 5, 1))
    yield posting
    yield log_activity(
        actor=getattr(district, f"station_head_{town}"), at=NOW, station=station, title=f"{mark}送戏",
        kind=district.kind("PERF"), begins_on=TODAY, posting=posting,
    )  # fmt: skip
    served = Delivery.objects.standing().get(line=first)
    yield move_delivery(actor=section, at=NOW, delivery=served, line=second, reason=mark)
    yield LineAlert.objects.filter(line=second).latest("pk")
