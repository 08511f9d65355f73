"""The collection of targets."""

from __future__ import annotations

from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.statistics.actions import change_target, set_target
from culture_admin.statistics.filters import TargetFilter
from culture_admin.statistics.models import Target
from culture_admin.statistics.serializers import TargetSerializer


class TargetViewSet(ScopedViewSet):
    """What is to be reached in a year in a division or at a station, and how far that has come."""

    model = Target
    serializer_class = TargetSerializer
    filterset_class = TargetFilter
    create_verb = set_target
    change_verb = change_target
    verbs_ask = True
    joins = ("place", "station")
    orders = ("-year", "metric", "pk")
