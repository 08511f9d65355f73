"""How a station's file is shown."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.interfaces.serializers import ScopedModelSerializer
from stations.models import Certificate, Facility, Grading, Station, Title


class StationSerializer(ScopedModelSerializer):
    name = serializers.CharField(read_only=True)
    division_code = serializers.CharField(source="division.code", read_only=True)
    division_name = serializers.CharField(source="division.name", read_only=True)

    class Meta:
        model = Station
        fields = ["id", "name", "division", "division_code", "division_name", "county", "address", "telephone"]
        read_only_fields = ["division", "county"]


class OfStationSerializer(ScopedModelSerializer):
    """What every dated row of a station's file shows."""

    station_name = serializers.CharField(source="station.name", read_only=True)


SHARED = ["id", "station", "station_name", "valid_from", "valid_to"]


class CertificateSerializer(OfStationSerializer):
    class Meta:
        model = Certificate
        fields = [
            *SHARED, "uscc", "legal_representative", "sponsor", "authority", "domicile", "purpose", "funding", "startup_funds",
        ]  # fmt: skip


class GradingSerializer(OfStationSerializer):
    class Meta:
        model = Grading
        fields = [*SHARED, "grade", "document"]


class TitleSerializer(OfStationSerializer):
    class Meta:
        model = Title
        fields = [*SHARED, "title", "year", "issuer", "document"]


class FacilitySerializer(OfStationSerializer):
    class Meta:
        model = Facility
        fields = [*SHARED, "name", "use", "floor_area", "capacity", "opening_hours"]
        fixed = ["station", "valid_from", "name"]
