"""How grades and titles are shown."""

from __future__ import annotations

from stations.models import Grading, Title
from stations.serializers.rows import SHARED, OfStationSerializer


class GradingSerializer(OfStationSerializer):
    class Meta:
        model = Grading
        fields = [*SHARED, "grade", "document"]


class TitleSerializer(OfStationSerializer):
    class Meta:
        model = Title
        fields = [*SHARED, "title", "year", "issuer", "document"]
