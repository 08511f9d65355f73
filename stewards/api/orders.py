"""The collection of orders from the menu."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from culture_admin.interfaces.etags import seen_version
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.viewsets import ScopedViewSet
from stewards import actions
from stewards.filters import ServiceOrderFilter
from stewards.models import ServiceOrder
from stewards.serializers import AgreeSerializer, ServiceOrderSerializer


class ServiceOrderViewSet(ScopedViewSet):
    """What towns order from the service lists of their contracts."""

    model = ServiceOrder
    serializer_class = ServiceOrderSerializer
    filterset_class = ServiceOrderFilter
    create_verb = actions.place_order
    verbs_ask = True
    key_required = True
    matched = ("agree",)
    joins = ("line", "station__unit", "station__division")
    orders = ("-wanted_on", "-pk")

    @extend_schema(request=AgreeSerializer, responses=ServiceOrderSerializer)
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, pk: str) -> HttpResponse:
        """The firm agrees, for the day that is wanted or for another."""
        return self._write(self._agree)

    def _agree(self) -> Outcome:
        order = self.get_object()
        seen = seen_version(self.request, order)
        body = AgreeSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        actions.agree_order(actor=self.request.user, serviceorder=order, seen=seen, **body.validated_data)
        shown = self.get_object()
        return Outcome(200, self.get_serializer(shown).data, self._headers(shown))
