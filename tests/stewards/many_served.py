"""For the lists of what stewards serve: one more row of each kind, by its number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from stewards.actions import log_duty, place_order, request_absence
from stewards.models import Absence, Contract, DutyDay, ServiceLine, ServiceOrder
from tests.district import NOW, TODAY, District
from tests.stewards.deals import Deal


def order(district: District, number: int) -> ServiceOrder:
    if not ServiceLine.objects.exists():
        Deal(district).draft()
        Contract.objects.update(state=Contract.State.PERFORMING)
    return place_order(
        actor=district.station_head_east, line=ServiceLine.objects.get(measure="class_hours"), station=district.east,
        quantity=1, what=f"第{number}课", wanted_on=TODAY, at=NOW,
    )  # fmt: skip


OF_SERVICE: dict[type, Callable[[District, int], object]] = {
    DutyDay: lambda district, number: log_duty(
        actor=None, posting=district.posting("east"), day=TODAY - timedelta(days=number), at=NOW
    ),
    Absence: lambda district, number: request_absence(
        actor=None, posting=district.posting("east"), kind="leave", first=TODAY + timedelta(days=number),
        last=TODAY + timedelta(days=number), reason="事假", at=NOW,
    ),
    ServiceOrder: order,
}  # fmt: skip
