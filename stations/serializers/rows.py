"""What every dated row of a station's file shows."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.interfaces.serializers import ScopedModelSerializer


class OfStationSerializer(ScopedModelSerializer):
    """What every dated row of a station's file shows."""

    station_name = serializers.CharField(source="station.name", read_only=True)


SHARED = ["id", "station", "station_name", "valid_from", "valid_to"]
