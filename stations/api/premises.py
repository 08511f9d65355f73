"""The collections of premises."""

from __future__ import annotations

from stations import actions
from stations.api.rows import OfStationViewSet
from stations.filters import FacilityFilter
from stations.models import Facility
from stations.serializers import (
    FacilitySerializer,
)


class FacilityViewSet(OfStationViewSet):
    """The premises of stations."""

    model = Facility
    serializer_class = FacilitySerializer
    filterset_class = FacilityFilter
    create_verb = actions.add_facility
    change_verb = actions.change_facility
    joins = ("station__unit", "station__division")
