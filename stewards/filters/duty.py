"""What lists of days on duty and absences are narrowed by."""

from __future__ import annotations

import django_filters

from culture_admin.interfaces.filters import DayFilter, IdFilter, OneOfFilter, ScopedFilterSet, lying_within
from stewards.models import Absence, DutyDay


class DutyDayFilter(ScopedFilterSet):
    division = django_filters.CharFilter(
        method="filter_division", max_length=12, label="division code, as it was that day"
    )
    contract = IdFilter(field_name="posting__contract", label="the contract of the posting")
    state = OneOfFilter(choices=DutyDay.State.choices)

    class Meta:
        model = DutyDay
        fields = ["station", "steward", "firm", "posting", "village", "late"]
        ranges = [("from", "to")]

    def filter_division(self, rows, name, code):
        return lying_within(rows, "division", code)


# `from` is no name Python lets a class body use.
DutyDayFilter.base_filters["from"] = DayFilter(field_name="day", lookup_expr="gte", label="on or after")
DutyDayFilter.base_filters["to"] = DayFilter(field_name="day", lookup_expr="lte", label="on or before")


class AbsenceFilter(ScopedFilterSet):
    on = DayFilter(method="filter_on", label="holds the day")
    state = OneOfFilter(choices=Absence.State.choices)

    class Meta:
        model = Absence
        fields = ["station", "steward", "firm", "posting"]

    def filter_on(self, rows, name, day):
        return rows.filter(first__lte=day, last__gte=day)
