"""The collections of firms and stewards."""

from __future__ import annotations

from culture_admin.interfaces.viewsets import ScopedViewSet
from stewards import actions
from stewards.filters import FirmFilter, StewardFilter
from stewards.models import Firm, Steward
from stewards.serializers import FirmSerializer, StewardSerializer


class FirmViewSet(ScopedViewSet):
    """Service providers."""

    model = Firm
    serializer_class = FirmSerializer
    filterset_class = FirmFilter
    joins = ("unit",)


class StewardViewSet(ScopedViewSet):
    """Cultural stewards."""

    model = Steward
    serializer_class = StewardSerializer
    filterset_class = StewardFilter
    create_verb = actions.add_steward
    writers = ("decide",)
    joins = ("firm__unit",)
