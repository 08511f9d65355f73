"""How thresholds are shown and set."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.interfaces.serializers import ScopedModelSerializer
from stations.models import Threshold


class ThresholdSerializer(ScopedModelSerializer):
    division_code = serializers.CharField(source="division.code", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Threshold
        fields = ["id", "code", "division", "division_code", "number", "valid_from", "valid_to", "source"]
        read_only_fields = ["valid_to"]
