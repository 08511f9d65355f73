"""How a station is shown."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.interfaces.serializers import ScopedModelSerializer
from stations.models import LegalStanding, Station


class StationSerializer(ScopedModelSerializer):
    name = serializers.CharField(read_only=True)
    division_code = serializers.CharField(source="division.code", read_only=True)
    division_name = serializers.CharField(source="division.name", read_only=True)

    ended_on = serializers.DateField(
        source="unit.valid_to",
        read_only=True,
        allow_null=True,
        help_text="Since when the station is no more; null while it has no end.",
    )

    legal_standing = serializers.ChoiceField(
        LegalStanding.choices, read_only=True, help_text="As a legal person, today."
    )

    class Meta:
        model = Station
        fields = [
            "id", "name", "division", "division_code", "division_name", "county", "address", "telephone", "legal_standing",
            "ended_on", "merged_into",
        ]  # fmt: skip
        read_only_fields = ["division", "county", "merged_into"]
