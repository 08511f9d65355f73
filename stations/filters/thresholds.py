"""What lists of thresholds are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import DayFilter, OneOfFilter, ScopedFilterSet
from culture_admin.territory.models import in_force
from stations.models import Threshold


class ThresholdFilter(ScopedFilterSet):
    code = OneOfFilter(choices=Threshold.Code.choices)
    on = DayFilter(method="filter_on", label="in force on the day")

    class Meta:
        model = Threshold
        fields = ["division"]

    def filter_on(self, rows, name, day):
        return rows.filter(in_force(day))
