"""How grades, titles and features are shown."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.interfaces.fields import ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer
from culture_admin.territory.models import Division
from stations.actions.features import CHANGEABLE
from stations.models import Feature, Grading, Station, Title
from stations.serializers.rows import SHARED, OfStationSerializer


class GradingSerializer(OfStationSerializer):
    class Meta:
        model = Grading
        fields = [*SHARED, "grade", "document", "state", "actions"]
        read_only_fields = ["state"]


class TitleSerializer(OfStationSerializer):
    class Meta:
        model = Title
        fields = [*SHARED, "title", "year", "issuer", "document", "state", "actions"]
        read_only_fields = ["state"]


class FeatureSerializer(ScopedModelSerializer):
    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division"))
    village = ScopedRelatedField(queryset=Division.objects.all(), required=False, allow_null=True)
    station_name = serializers.CharField(source="station.name", read_only=True)

    class Meta:
        model = Feature
        fields = ["id", "station", "station_name", *CHANGEABLE, "state", "actions"]
        read_only_fields = ["state"]
        fixed = ["station"]
