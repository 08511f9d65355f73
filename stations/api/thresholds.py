"""The collection of thresholds."""

from __future__ import annotations

from culture_admin.interfaces.viewsets import ScopedViewSet
from stations import actions
from stations.filters import ThresholdFilter
from stations.models import Threshold
from stations.serializers import ThresholdSerializer


class ThresholdViewSet(ScopedViewSet):
    """Numbers that a law, a standard or a county sets for stations, each with its source."""

    model = Threshold
    serializer_class = ThresholdSerializer
    filterset_class = ThresholdFilter
    create_verb = actions.set_threshold
    joins = ("division",)
    orders = ("code", "-valid_from", "pk")
