"""How the premises, their other uses and closures are shown."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.interfaces.fields import ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer
from stations.models import Closure, Facility, OtherUse, Station
from stations.serializers.rows import SHARED, OfStationSerializer

WITH_STATION = Facility.objects.select_related("station__division", "station__unit")


class FacilitySerializer(OfStationSerializer):
    class Meta:
        model = Facility
        fields = [*SHARED, "name", "use", "floor_area", "capacity", "opening_hours", "latitude", "longitude"]
        fixed = ["station", "valid_from", "name"]


class OtherUseSerializer(OfStationSerializer):
    facility = ScopedRelatedField(queryset=WITH_STATION)
    facility_name = serializers.CharField(source="facility.name", read_only=True)
    is_breach = serializers.BooleanField(read_only=True)

    class Meta:
        model = OtherUse
        fields = [
            *SHARED, "facility", "facility_name", "kind", "is_breach", "area", "user", "document", "note",
        ]  # fmt: skip
        read_only_fields = ["station"]
        fixed = ["facility", "kind", "area", "user", "valid_from"]


class ClosureSerializer(ScopedModelSerializer):
    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division"))
    station_name = serializers.CharField(source="station.name", read_only=True)
    facility = ScopedRelatedField(queryset=WITH_STATION, required=False, allow_null=True)

    class Meta:
        model = Closure
        fields = [
            "id", "station", "station_name", "facility", "begins_on", "ends_on", "reason", "filed_on", "notice_days", "late",
            "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["filed_on", "notice_days", "late", "state"]
        fixed = ["station", "facility", "begins_on"]
