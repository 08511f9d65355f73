"""What a change of boundaries does to deliveries: they stay where they were served, and since the day count to the new county."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from culture_admin.boundaries.register import Reach, Touched, register
from culture_admin.boundaries.shift import Shift
from stewards.models import Delivery


def _deliveries_of(shift: Shift) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(station__in=shift.stations, on__gte=shift.on)
    return rows.select_related("line").order_by("pk")


def _deliveries(shift: Shift) -> list[Touched]:
    return [Touched(row.pk, str(row), "settled") for row in _deliveries_of(shift)]


def _settle_deliveries(shift: Shift, actor, at: datetime) -> None:
    for key in set(_deliveries_of(shift).order_by().values_list("station", flat=True)):
        _deliveries_of(shift).filter(station=key).update(county=shift.stations[key].county_id)


register(Reach("deliveries", _("Deliveries since the day"), _deliveries, _settle_deliveries, models=(Delivery,)))
