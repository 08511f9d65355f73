"""What lists of stations and their files are narrowed by."""

from __future__ import annotations

import django_filters

from culture_admin.interfaces.filters import DayFilter, ScopedFilterSet, WordFilter
from culture_admin.territory.models import in_force
from stations.models import Certificate, Facility, Grading, Station, Title


class StationFilter(ScopedFilterSet):
    q = WordFilter(field_name="unit__search", label="name, pinyin or initials")
    code = django_filters.CharFilter(field_name="division__code", max_length=12)

    class Meta:
        model = Station
        fields = ["division", "county"]


class OfStationFilter(ScopedFilterSet):
    on = DayFilter(method="filter_on", label="in force on the day")

    def filter_on(self, rows, name, day):
        return rows.filter(in_force(day))


class CertificateFilter(OfStationFilter):
    class Meta:
        model = Certificate
        fields = ["station"]


class GradingFilter(OfStationFilter):
    class Meta:
        model = Grading
        fields = ["station", "grade"]


class TitleFilter(OfStationFilter):
    class Meta:
        model = Title
        fields = ["station", "year"]


class FacilityFilter(OfStationFilter):
    class Meta:
        model = Facility
        fields = ["station"]
