"""The collections of what was computed: rankings, results and every point of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.actions.keeping import content_of, deviations
from assessments.comparing import changes, result_before
from assessments.explaining import explained, records_of
from assessments.filters import ComputationFilter, IndicatorScoreFilter, ResultFilter
from assessments.models import Computation, IndicatorScore, Result
from assessments.serializers import (
    ChangeSerializer,
    ComputationSerializer,
    IndicatorScoreSerializer,
    RecordsSerializer,
    ResultSerializer,
)
from culture_admin.interfaces.problems import nothing_here
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.scoring.serializers import TreeSerializer

INDICATOR = OpenApiParameter("indicator", str, required=True, description="the code of a counted indicator")


class ComputationViewSet(ScopedViewSet):
    """Each time that scores of a year were computed: interim rankings, totals, and corrections after objections."""

    model = Computation
    serializer_class = ComputationSerializer
    filterset_class = ComputationFilter
    joins = ("cycle__scheme", "cycle__place")
    orders = ("-pk", "number")

    @extend_schema(responses={(200, "application/x-ndjson"): str}, filters=False)
    @action(detail=True, methods=["get"])
    def content(self, request: Request, pk: str) -> HttpResponse:
        """Everything it came to, a line for each unit: the same bytes for ever. The ETag is its SHA-256."""
        QueryParameters(request, known=()).check()
        computation: Any = self.get_object()
        headers = {"ETag": f'"{computation.digest}"'}
        return HttpResponse(content_of(computation), content_type="application/x-ndjson", headers=headers)

    @extend_schema(responses={200: {"type": "array", "items": {"type": "object"}}}, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def deviations(self, request: Request, pk: str) -> HttpResponse:
        """Scores that come out otherwise when they are computed again from the kept values; none, as long as all is well."""
        QueryParameters(request, known=()).check()
        computation: Any = self.get_object()
        found = [
            {"unit": one.unit_id, "kept": str(one.kept), "again": str(one.again)} for one in deviations(computation)
        ]
        return Response(found)


class ResultViewSet(ScopedViewSet):
    """What towns came to: total, place in the group, title."""

    model = Result
    serializer_class = ResultSerializer
    filterset_class = ResultFilter
    joins = (
        "assessment__unit",
        "assessment__division",
        "assessment__cycle__scheme",
        "computation__cycle__scheme",
        "computation__scheme",
        "computation__snapshot",
    )
    orders = ("pk", "-total")

    @extend_schema(responses=TreeSerializer, filters=False)
    @action(detail=True, methods=["get"])
    def tree(self, request: Request, pk: str) -> HttpResponse:
        """The score as a tree; its leaves add up to the total, to the last digit."""
        QueryParameters(request, known=()).check()
        result: Any = self.get_object()
        return Response(TreeSerializer(explained(result)).data)

    @extend_schema(responses=RecordsSerializer(many=True), parameters=[INDICATOR], filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def records(self, request: Request, pk: str) -> HttpResponse:
        """The records behind a counted indicator, and those that were looked at and do not count, with the reason."""
        query = QueryParameters(request, known=("indicator",))
        query.check()
        result: Any = self.get_object()
        code = query.values.get("indicator", "")
        if code not in result.computation.scheme.content.sources:
            raise nothing_here()
        return Response([RecordsSerializer.said(one) for one in records_of(result, code, request.user)])

    @extend_schema(responses=ChangeSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def changes(self, request: Request, pk: str) -> HttpResponse:
        """What changed since last year, indicator by indicator; empty without a year before."""
        QueryParameters(request, known=()).check()
        result: Any = self.get_object()
        before = result_before(result)
        return Response([ChangeSerializer.said(one) for one in changes(before, result)] if before else [])


class IndicatorScoreViewSet(ScopedViewSet):
    """Every leaf of every score."""

    model = IndicatorScore
    serializer_class = IndicatorScoreSerializer
    filterset_class = IndicatorScoreFilter
    joins = ("result",)
    orders = ("pk",)
