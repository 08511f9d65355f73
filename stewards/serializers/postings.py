"""How postings are shown."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.interfaces.serializers import ScopedModelSerializer
from stewards.models import Posting


class PostingSerializer(ScopedModelSerializer):
    steward_name = serializers.CharField(source="steward.name", read_only=True)
    station_name = serializers.CharField(source="station.name", read_only=True)

    class Meta:
        model = Posting
        fields = [
            "id", "steward", "steward_name", "firm", "station", "station_name", "full_time", "valid_from", "valid_to",
        ]  # fmt: skip
        read_only_fields = ["firm"]
        fixed = ["steward", "station", "full_time", "valid_from"]
