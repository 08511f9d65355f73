"""What lists of premises, their other uses and closures are narrowed by."""

from __future__ import annotations

import django_filters

from culture_admin.interfaces.filters import DayFilter, OneOfFilter, ScopedFilterSet
from culture_admin.territory.models import Division
from stations.filters.rows import OfStationFilter
from stations.models import Closure, Facility, OtherUse


class FacilityFilter(OfStationFilter):
    division = django_filters.CharFilter(method="filter_division", max_length=12, label="division code")

    class Meta:
        model = Facility
        fields = ["station"]

    def filter_division(self, rows, name, code):
        """Those of stations that lie in a division of this code today."""
        paths = Division.objects.filter(code=code).values_list("path", flat=True)
        within = rows.none()
        for path in paths:
            within = within | rows.filter(station__division__path__startswith=path)
        return within


class OtherUseFilter(OfStationFilter):
    kind = OneOfFilter(choices=OtherUse.Kind.choices)

    class Meta:
        model = OtherUse
        fields = ["station", "facility"]


class ClosureFilter(ScopedFilterSet):
    state = OneOfFilter(choices=Closure.State.choices)

    class Meta:
        model = Closure
        fields = ["station", "facility", "late"]
        ranges = [("from", "to")]


# `from` is no name Python lets a class body use.
ClosureFilter.base_filters["from"] = DayFilter(field_name="ends_on", lookup_expr="gte", label="shut on or after")
ClosureFilter.base_filters["to"] = DayFilter(field_name="begins_on", lookup_expr="lte", label="shut on or before")
