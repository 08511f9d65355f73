"""What lists of grades and titles are narrowed by."""

from __future__ import annotations

from stations.filters.rows import OfStationFilter
from stations.models import Grading, Title


class GradingFilter(OfStationFilter):
    class Meta:
        model = Grading
        fields = ["station", "grade", "state"]


class TitleFilter(OfStationFilter):
    class Meta:
        model = Title
        fields = ["station", "year", "state"]
