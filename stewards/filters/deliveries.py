"""What lists of deliveries and of alerts are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import DayFilter, OneOfFilter, ScopedFilterSet, YesNoFilter
from stewards.models import Delivery, LineAlert


class DeliveryFilter(ScopedFilterSet):
    standing = YesNoFilter(
        field_name="reversed_at", lookup_expr="isnull", label="those that count, or those that were reversed"
    )

    class Meta:
        model = Delivery
        fields = ["contract", "line", "station", "steward", "firm", "order"]
        ranges = [("from", "to")]


# `from` is no name Python lets a class body use.
DeliveryFilter.base_filters["from"] = DayFilter(field_name="on", lookup_expr="gte", label="served on or after")
DeliveryFilter.base_filters["to"] = DayFilter(field_name="on", lookup_expr="lte", label="served on or before")


class LineAlertFilter(ScopedFilterSet):
    state = OneOfFilter(choices=LineAlert.State.choices)

    class Meta:
        model = LineAlert
        fields = ["contract", "line"]
