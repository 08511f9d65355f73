"""What lists of orders are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import DayFilter, OneOfFilter, ScopedFilterSet
from stewards.models import ServiceOrder


class ServiceOrderFilter(ScopedFilterSet):
    wanted_from = DayFilter(field_name="wanted_on", lookup_expr="gte")
    wanted_to = DayFilter(field_name="wanted_on", lookup_expr="lte")
    state = OneOfFilter(choices=ServiceOrder.State.choices)

    class Meta:
        model = ServiceOrder
        fields = ["station", "line", "contract", "firm"]
        ranges = [("wanted_from", "wanted_to")]
