"""What lists of stations are narrowed by."""

from __future__ import annotations

import django_filters

from culture_admin.interfaces.filters import ScopedFilterSet, WordFilter
from stations.models import Station


class StationFilter(ScopedFilterSet):
    q = WordFilter(field_name="unit__search", label="name, pinyin or initials")
    code = django_filters.CharFilter(field_name="division__code", max_length=12)

    class Meta:
        model = Station
        fields = ["division", "county"]
