"""What a change of boundaries does to what stewards serve: days that were keep their place, open orders go along."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.boundaries.land import Land
from culture_admin.boundaries.register import Reach, Touched, register
from culture_admin.boundaries.shift import Shift
from culture_admin.territory.models import Division
from culture_admin.workflow.actions import follow, note_on
from culture_admin.workflow.steps import FLOWS
from stewards.models import DutyDay, ServiceOrder


def _days_of(shift: Shift) -> QuerySet[DutyDay]:
    rows = DutyDay.objects.filter(station__in=shift.stations, day__gte=shift.on)
    return rows.exclude(state=DutyDay.State.VOID).select_related("steward").order_by("pk")


def _orders_of(shift: Shift) -> QuerySet[ServiceOrder]:
    rows = ServiceOrder.objects.filter(station__in=shift.stations, state__in=ServiceOrder.OPEN)
    return rows.select_related("station__unit").order_by("pk")


def _latest(land: Land) -> date | None:
    """The last day that was served at the stations of the divisions."""
    days = DutyDay.objects.filter(station__in=land.stations).exclude(state=DutyDay.State.VOID)
    return days.aggregate(last=Max("day"))["last"]


def _served(shift: Shift) -> list[Touched]:
    return [Touched(row.pk, str(row), "settled") for row in _days_of(shift)]


def _settle_served(shift: Shift, actor, at: datetime) -> None:
    """Days since the change lay in the new divisions, and are kept there."""
    days = list(_days_of(shift))
    for day in days:
        day.division = shift.stations[day.station_id]
        day.county_id, day.version = _county(day.division), day.version + 1
        if day.village_id in shift.heirs:
            day.village_id = shift.heir(day.village_id).pk
    DutyDay.objects.bulk_update(days, ["division", "county", "village", "version"])
    _note(days, actor, at)


def _orders(shift: Shift) -> list[Touched]:
    return [
        Touched(row.pk, f"{row.what} · {row.station.unit.name_zh}", _effect(shift, row)) for row in _orders_of(shift)
    ]


def _effect(shift: Shift, order: ServiceOrder) -> str:
    if order.station_id not in shift.merged:
        return "moves"
    return "carried" if shift.merged[order.station_id] else "cancelled"


def _move_orders(shift: Shift, actor, at: datetime) -> None:
    ended = [key for key, into in shift.merged.items() if not into]
    comment = _("The station has ended.")
    follow(_orders_of(shift).filter(station__in=ended), "withdraw", actor=actor, at=at, comment=comment)
    moved = []
    for order in _orders_of(shift).exclude(station__in=ended):
        into, changes = shift.merged.get(order.station_id), {}
        if into:
            changes["station"] = into
        if order.village_id in shift.heirs:
            changes["village"] = shift.heir(order.village_id).pk
        if changes:
            ServiceOrder.objects.filter(pk=order.pk).update(**changes, version=F("version") + 1)
            moved.append(order)
    _note(moved, actor, at)


def _county(seat: Division) -> int:
    """A station lies in a town, and a town in a county."""
    assert seat.county_id is not None
    return seat.county_id


def _note(rows: list[Any], actor, at: datetime) -> None:
    """What a later decision stands on has changed by this one."""
    if rows:
        fresh = type(rows[0]).objects.filter(pk__in=[row.pk for row in rows])
        note_on(
            list(fresh.select_related(*FLOWS[type(rows[0])].related)), step="change", office=None, actor=actor, at=at
        )


register(
    Reach(
        "served",
        gettext_lazy("Days on duty since the day"),
        _served,
        _settle_served,
        latest=_latest,
        models=(DutyDay,),
    )
)
register(Reach("orders", gettext_lazy("Orders from the menu"), _orders, _move_orders, models=(ServiceOrder,)))
