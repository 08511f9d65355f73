"""What lists of a credit file are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import DayFilter, ScopedFilterSet
from culture_admin.territory.models import in_force
from stewards.models import FirmStanding, Penalty, Qualification


class InForceFilter(ScopedFilterSet):
    on = DayFilter(method="filter_on", label="in force on the day")

    def filter_on(self, rows, name, day):
        return rows.filter(in_force(day))


class PenaltyFilter(InForceFilter):
    class Meta:
        model = Penalty
        fields = ["firm", "serious", "state"]


class QualificationFilter(InForceFilter):
    ends_by = DayFilter(field_name="valid_to", lookup_expr="lte", label="ends on the day or before")

    class Meta:
        model = Qualification
        fields = ["steward", "firm", "kind", "state"]


class FirmStandingFilter(ScopedFilterSet):
    class Meta:
        model = FirmStanding
        fields = ["firm", "year", "standing"]
