"""What lists of stations are narrowed by."""

from __future__ import annotations

import django_filters
from django.utils import timezone

from culture_admin.interfaces.filters import ScopedFilterSet, WordFilter, YesNoFilter
from stations.models import Station


class StationFilter(ScopedFilterSet):
    q = WordFilter(field_name="unit__search", label="name, pinyin or initials")
    existing = YesNoFilter(method="filter_existing", label="whether the station exists today")
    code = django_filters.CharFilter(field_name="division__code", max_length=12)

    class Meta:
        model = Station
        fields = ["division", "county"]

    def filter_existing(self, rows, name, value):
        existing = Station.objects.existing(timezone.localdate()).values("pk")
        return rows.filter(pk__in=existing) if value == ["true"] else rows.exclude(pk__in=existing) if value else rows
