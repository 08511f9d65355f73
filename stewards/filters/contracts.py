"""What lists of contracts, service lines and supplements are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import DayFilter, IdFilter, ScopedFilterSet, TextFilter, WordFilter
from stewards.models import Contract, ServiceLine, Supplement


class ContractFilter(ScopedFilterSet):
    q = WordFilter(field_name="name", label="a word of the name")
    number = TextFilter(field_name="number")
    station = IdFilter(field_name="coverage__station", label="a station it serves")
    on = DayFilter(method="filter_on", label="its term holds the day")
    ends_by = DayFilter(field_name="ends_on", lookup_expr="lte", label="its term ends on the day or before")

    class Meta:
        model = Contract
        fields = ["firm", "place", "method", "state"]

    def filter_on(self, rows, name, day):
        return rows.on(day)


class ServiceLineFilter(ScopedFilterSet):
    on = DayFilter(method="filter_on", label="its time holds the day")

    class Meta:
        model = ServiceLine
        fields = ["contract", "station", "measure", "kind", "genre", "orderable"]

    def filter_on(self, rows, name, day):
        return rows.filter(first__lte=day, last__gte=day)


class SupplementFilter(ScopedFilterSet):
    class Meta:
        model = Supplement
        fields = ["contract", "line", "state"]
