"""How the premises are shown."""

from __future__ import annotations

from stations.models import Facility
from stations.serializers.rows import SHARED, OfStationSerializer


class FacilitySerializer(OfStationSerializer):
    class Meta:
        model = Facility
        fields = [*SHARED, "name", "use", "floor_area", "capacity", "opening_hours"]
        fixed = ["station", "valid_from", "name"]
