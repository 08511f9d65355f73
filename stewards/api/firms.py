"""The collections of firms, their people and their stewards."""

from __future__ import annotations

from django.db.models import QuerySet

from culture_admin.interfaces.viewsets import ScopedViewSet
from stewards import actions
from stewards.filters import FirmFilter, PoolMemberFilter, StewardFilter
from stewards.models import Firm, PoolMember, Steward
from stewards.serializers import FirmSerializer, PoolMemberSerializer, StewardSerializer


class FirmViewSet(ScopedViewSet):
    """Service providers."""

    model = Firm
    serializer_class = FirmSerializer
    filterset_class = FirmFilter
    create_verb = actions.add_firm
    change_verb = actions.change_firm
    joins = ("unit__division",)


class PoolMemberViewSet(ScopedViewSet):
    """Whom service providers can call on: project managers, and teachers by genre."""

    model = PoolMember
    serializer_class = PoolMemberSerializer
    filterset_class = PoolMemberFilter
    create_verb = actions.add_pool_member
    change_verb = actions.change_pool_member
    joins = ("firm__unit__division",)


class StewardViewSet(ScopedViewSet):
    """Cultural stewards, each with what is missing by the service standard."""

    model = Steward
    serializer_class = StewardSerializer
    filterset_class = StewardFilter
    create_verb = actions.add_steward
    change_verb = actions.change_steward
    joins = ("firm__unit__division",)

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related("qualifications")
