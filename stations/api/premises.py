"""The collections of premises, their other uses and closures."""

from __future__ import annotations

from culture_admin.interfaces.viewsets import ScopedViewSet
from stations import actions
from stations.api.rows import OfStationViewSet
from stations.filters import ClosureFilter, FacilityFilter, OtherUseFilter
from stations.models import Closure, Facility, OtherUse
from stations.serializers import ClosureSerializer, FacilitySerializer, OtherUseSerializer


class FacilityViewSet(OfStationViewSet):
    """The premises of stations."""

    model = Facility
    serializer_class = FacilitySerializer
    filterset_class = FacilityFilter
    create_verb = actions.add_facility
    change_verb = actions.change_facility
    verbs_ask = True
    joins = ("station__unit", "station__division")


class OtherUseViewSet(OfStationViewSet):
    """What premises are used for besides. What is forbidden is written down like the rest, and becomes a finding."""

    model = OtherUse
    serializer_class = OtherUseSerializer
    filterset_class = OtherUseFilter
    create_verb = actions.record_use
    change_verb = actions.change_use
    verbs_ask = True
    key_required = True
    joins = ("station__unit", "station__division", "facility")


class ClosureViewSet(ScopedViewSet):
    """Days on which a station or a room is shut; what was announced late says so."""

    model = Closure
    serializer_class = ClosureSerializer
    filterset_class = ClosureFilter
    create_verb = actions.file_closure
    change_verb = actions.change_closure
    verbs_ask = True
    joins = ("station__unit", "station__division", "facility")
    orders = ("-begins_on", "pk")
