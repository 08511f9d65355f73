"""What lists of premises are narrowed by."""

from __future__ import annotations

from stations.filters.rows import OfStationFilter
from stations.models import Facility


class FacilityFilter(OfStationFilter):
    class Meta:
        model = Facility
        fields = ["station"]
