"""The collection of stations."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from culture_admin.interfaces.viewsets import ScopedViewSet
from stations import actions
from stations.filters import StationFilter
from stations.models import Station, with_legal_standing
from stations.serializers import StationSerializer


class StationViewSet(ScopedViewSet):
    """Comprehensive cultural stations."""

    model = Station
    serializer_class = StationSerializer
    filterset_class = StationFilter
    change_verb = actions.change_station
    joins = ("unit", "division", "merged_into__unit")
    orders = ("pk",)

    def rows(self, rows: QuerySet) -> QuerySet:
        return with_legal_standing(rows, timezone.localdate())
