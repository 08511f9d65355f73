"""The collections of deliveries and of alerts, and what is added to those of contracts and service lines."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.spreadsheets import MEDIA_TYPES
from culture_admin.interfaces.viewsets import ScopedViewSet
from stewards.actions.deliveries import move_delivery
from stewards.behind import with_records
from stewards.burning import burn
from stewards.burning_sheet import sheet_of
from stewards.filters import DeliveryFilter, LineAlertFilter
from stewards.models import Delivery, LineAlert
from stewards.serializers import (
    BurnDownSerializer,
    BurnSerializer,
    DeliverySerializer,
    LineAlertSerializer,
    MoveSerializer,
    VoicesSerializer,
)
from stewards.voice import voices_of

NEWEST_FIRST = ("-on", "-pk")
JOINS = ("line", "station__unit", "steward")
ON = OpenApiParameter("on", OpenApiTypes.DATE, description="The day; today without it.")
FORMAT = OpenApiParameter("format", str, enum=["json", *MEDIA_TYPES])
STANDING = OpenApiParameter("standing", bool, description="Those that count, or those that were reversed.")


class DeliveryViewSet(ScopedViewSet):
    """What was served under contracts: each record once, on one service line, and what was reversed with why."""

    model = Delivery
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilter
    joins = JOINS
    orders = (*NEWEST_FIRST[:1], "pk", "posted_at")

    def paginate_queryset(self, queryset) -> Any:
        return with_records(super().paginate_queryset(queryset) or (), self.request.user)

    def get_object(self) -> Delivery:
        found: Any = super().get_object()
        return with_records([found], self.request.user)[0]

    @extend_schema(request=MoveSerializer, responses=DeliverySerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> HttpResponse:
        """Puts what was served on another line of the contract; answers the delivery that stands now."""
        return self._write(self._move)

    def _move(self) -> Outcome:
        delivery = self.get_object()
        body = MoveSerializer(data=self.request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        moved = move_delivery(actor=self.request.user, delivery=delivery, **body.validated_data)
        shown = with_records([self.get_queryset().get(pk=moved.pk)], self.request.user)[0]
        return Outcome(200, self.get_serializer(shown).data)


class LineAlertViewSet(ScopedViewSet):
    """Levels that service lines have reached: 75, 80, 90 and 100 % of their target."""

    model = LineAlert
    serializer_class = LineAlertSerializer
    filterset_class = LineAlertFilter
    joins = ("line",)
    orders = ("-reached_at", "pk")


class OfContract(ScopedViewSet):
    """What the collection of contracts answers besides: how far each is delivered, and what residents say."""

    @extend_schema(responses=BurnDownSerializer, parameters=[ON, FORMAT], filters=False)
    @action(detail=True, methods=["get"], url_path="burn-down")
    def burn_down(self, request: Request, pk: str) -> HttpResponse:
        """Target, done, left, what time leads to expect, and the forecast to the end of term, line by line."""
        query = QueryParameters(request, known=("on", "format"))
        on = query.day("on") or timezone.localdate()
        wanted = query.choice("format", ("json", *MEDIA_TYPES), default="json")
        query.check()
        contract: Any = self.get_object()
        found = burn(contract, on=on)
        if wanted in MEDIA_TYPES:
            return sheet_of(contract, found).answer(wanted)
        lines = [BurnSerializer.said(one) for one in found]
        return Response({"contract": contract.pk, "on": on.isoformat(), "lines": lines})

    @extend_schema(responses=VoicesSerializer, filters=False)
    @action(detail=True, methods=["get"])
    def voice(self, request: Request, pk: str) -> HttpResponse:
        """The mean rating by residents, quarter by quarter, with how many answered and how it is counted."""
        QueryParameters(request, known=()).check()
        contract: Any = self.get_object()
        return Response(VoicesSerializer.said(contract.pk, voices_of(contract, at=timezone.now())))


class OfLine(ScopedViewSet):
    """What the collection of service lines answers besides: the records behind each."""

    @extend_schema(responses=DeliverySerializer(many=True), parameters=[STANDING], filters=False)
    @action(detail=True, methods=["get"])
    def records(self, request: Request, pk: str) -> HttpResponse:
        """The records that count on the line, and those that did and were reversed, with why; as far as they are in sight."""
        query = QueryParameters(request, known=("limit", "cursor", "standing"))
        self.paginator.read(query)
        standing = query.choice("standing", ("true", "false"))
        query.check()
        line: Any = self.get_object()
        rows = Delivery.objects.visible_to(request.user).filter(line=line).select_related(*JOINS)
        if standing:
            rows = rows.filter(reversed_at__isnull=standing == "true")
        self.order = NEWEST_FIRST
        found = with_records(self.paginate_queryset(rows), request.user)
        shown = DeliverySerializer(found, many=True, context=self.get_serializer_context())
        return self.get_paginated_response(shown.data)
