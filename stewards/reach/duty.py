"""What a change of boundaries does to what stewards did: it stays where it happened, and since the day lies in the new division."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from culture_admin.boundaries.register import Reach, Touched, register
from culture_admin.boundaries.shift import Shift
from stewards.models import Delivery, DutyDay

MORE = {"version": F("version") + 1}


def _days_of(shift: Shift) -> QuerySet[DutyDay]:
    rows = DutyDay.objects.filter(station__in=shift.stations, division__in=shift.ended, day__gte=shift.on)
    return rows.select_related("steward").order_by("pk")


def _days(shift: Shift) -> list[Touched]:
    return [Touched(row.pk, str(row), "settled") for row in _days_of(shift)]


def _settle_days(shift: Shift, actor, at: datetime) -> None:
    for key in set(_days_of(shift).order_by().values_list("station", flat=True)):
        seat = shift.stations[key]
        _days_of(shift).filter(station=key).update(division=seat, county=seat.county_id, **MORE)


def _deliveries_of(shift: Shift) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(station__in=shift.stations, on__gte=shift.on)
    return rows.select_related("line").order_by("pk")


def _deliveries(shift: Shift) -> list[Touched]:
    return [Touched(row.pk, str(row), "settled") for row in _deliveries_of(shift)]


def _settle_deliveries(shift: Shift, actor, at: datetime) -> None:
    for key in set(_deliveries_of(shift).order_by().values_list("station", flat=True)):
        _deliveries_of(shift).filter(station=key).update(county=shift.stations[key].county_id)


register(Reach("duty_days", _("Days on duty since the day"), _days, _settle_days, models=(DutyDay,)))
register(Reach("deliveries", _("Deliveries since the day"), _deliveries, _settle_deliveries, models=(Delivery,)))
