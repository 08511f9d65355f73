"""One more row of each list of money and premises, by a number that tells it apart."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from culture_admin.workflow.actions import perform
from stations.actions import (
    add_facility,
    enter_payment,
    file_closure,
    open_finding,
    propose_budget,
    propose_purpose_change,
    record_spending,
    record_use,
    set_threshold,
)
from stations.models import (
    Appropriation,
    Budget,
    BudgetLine,
    Closure,
    Finding,
    Instalment,
    OtherUse,
    Purpose,
    PurposeChange,
    Spending,
    Threshold,
)
from tests.district import NOW, OPENED, TODAY, District

MONEY = {"amount": Decimal(100), "on": TODAY, "document": "凭证"}


def budget(district: District, number: int) -> Budget:
    """In force, of a year of its own for each of two stations."""
    name = ("east", "west")[number % 2]
    year = 2002 + number // 2 % 20
    made = propose_budget(
        actor=getattr(district, f"town_officer_{name}"),
        at=NOW,
        station=district.station(name),
        year=year,
        lines=[{"purpose": Purpose.TRAINING, "amount": Decimal(900), "locked": False}],
        instalments=[{"due_on": date(year, 6, 30), "amount": Decimal(900)}],
        document=f"文{number}",
    )
    perform(made, "commit", actor=getattr(district, f"town_officer_{name}"), at=NOW)
    return made


def use(district: District, number: int) -> OtherUse:
    room = add_facility(
        actor=None, station=district.east, name=f"铺{number}", use="活动", floor_area=50, valid_from=OPENED
    )
    return record_use(
        actor=district.service, at=NOW, facility=room, kind="lease", area=20, user=f"商户{number}", valid_from=TODAY
    )


def case(district: District, number: int) -> PurposeChange:
    of = budget(district, number)
    name = "east" if of.station_id == district.east.pk else "west"
    return propose_purpose_change(
        actor=getattr(district, f"station_head_{name}"), at=NOW, station=of.station, year=of.year,
        from_purpose=Purpose.TRAINING, to_purpose=Purpose.BOOKS, amount=Decimal(1), reason=f"由{number}",
    )  # fmt: skip


OF_MONEY_AND_PREMISES = {
    Budget: budget,
    BudgetLine: budget,
    Instalment: budget,
    PurposeChange: case,
    Appropriation: lambda district, number: enter_payment(
        actor=district.town_officer_east, at=NOW, station=district.east, year=TODAY.year, **MONEY
    ),
    Spending: lambda district, number: record_spending(
        actor=district.station_head_east, at=NOW, station=district.east, year=TODAY.year, purpose=Purpose.BOOKS, **MONEY
    ),
    OtherUse: use,
    Closure: lambda district, number: file_closure(
        actor=district.service,
        at=NOW,
        station=district.east,
        begins_on=TODAY + timedelta(days=number),
        ends_on=TODAY + timedelta(days=number),
        reason="维修",
    ),
    Finding: lambda district, number: open_finding(
        actor=district.bureau_admin, at=timezone.now(), station=district.east, kind="other", what=f"事{number}", basis="文"
    ),
    Threshold: lambda district, number: set_threshold(
        actor=district.bureau_admin, code="weekly_hours", number=40 + number, division=district.county, source="文",
        valid_from=OPENED + timedelta(days=number),
    ),
}  # fmt: skip
