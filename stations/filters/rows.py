"""What lists of dated rows of a station's file are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import DayFilter, ScopedFilterSet
from culture_admin.territory.models import in_force


class OfStationFilter(ScopedFilterSet):
    on = DayFilter(method="filter_on", label="in force on the day")

    def filter_on(self, rows, name, day):
        return rows.filter(in_force(day))
