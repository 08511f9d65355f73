"""The collections of the ground floor's lower rooms: divisions, units, decisions, the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from culture_admin.interfaces.filters import DayFilter, OneOfFilter, ScopedFilterSet, WordFilter
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.serializers import ScopedModelSerializer
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.territory.models import Division, Level, Unit, in_force
from culture_admin.workflow.inbox import oldest, owed, waiting
from culture_admin.workflow.models import Decision

AHEAD = timedelta(days=31)
SHOWN = 20


class DivisionSerializer(ScopedModelSerializer):
    name = serializers.CharField(read_only=True)

    class Meta:
        model = Division
        fields = ["id", "code", "name", "name_zh", "name_en", "level", "type", "parent", "valid_from", "valid_to"]


class DivisionFilter(ScopedFilterSet):
    q = WordFilter(field_name="search", label="name, pinyin or initials")
    on = DayFilter(method="filter_on", label="existing on the day")
    level = OneOfFilter(choices=Level.choices)

    class Meta:
        model = Division
        fields = ["parent", "code"]

    def filter_on(self, rows, name, day):
        return rows.filter(in_force(day))


class DivisionViewSet(ScopedViewSet):
    """The tree of divisions, each in one period of its life."""

    model = Division
    serializer_class = DivisionSerializer
    filterset_class = DivisionFilter


class UnitSerializer(ScopedModelSerializer):
    name = serializers.CharField(read_only=True)

    class Meta:
        model = Unit
        fields = ["id", "kind", "name", "name_zh", "name_en", "division", "valid_from", "valid_to"]


class UnitFilter(ScopedFilterSet):
    q = WordFilter(field_name="search", label="name, pinyin or initials")
    kind = OneOfFilter(choices=Unit.Kind.choices)

    class Meta:
        model = Unit
        fields = ["division"]


class UnitViewSet(ScopedViewSet):
    """Bureaus, town governments, stations, firms, centres, offices."""

    model = Unit
    serializer_class = UnitSerializer
    filterset_class = UnitFilter


class DecisionSerializer(ScopedModelSerializer):
    subject_kind = serializers.CharField(source="subject_type.model", read_only=True)
    in_place_of = serializers.CharField(source="acting_for.name", default="", read_only=True)

    class Meta:
        model = Decision
        fields = [
            "id", "subject_kind", "subject_id", "step", "from_state", "to_state", "actor_text", "in_place_of", "role",
            "unit_text", "comment", "at", "content_hash",
        ]  # fmt: skip


class DecisionFilter(ScopedFilterSet):
    class Meta:
        model = Decision
        fields = ["subject_id", "station", "firm"]


class DecisionViewSet(ScopedViewSet):
    """Who decided what, in which office, from which state to which. Append-only."""

    model = Decision
    serializer_class = DecisionSerializer
    filterset_class = DecisionFilter
    joins = ("subject_type", "acting_for")
    orders = ("-pk",)


class RootView(APIView):
    """Where the collections are."""

    resource = "root"
    collections: Sequence[str] = ()

    @extend_schema(responses={200: {"type": "object", "additionalProperties": {"type": "string"}}})
    def get(self, request):
        QueryParameters(request, known=()).check()
        names = [*self.collections, "metrics", "papers", "receipts", "statistics", "tasks", "schema", "docs"]
        return Response({name: request.build_absolute_uri(f"{request.path}{name}/") for name in names})


class TasksView(APIView):
    """The inbox: what waits for a step of mine, and what my units owe within a month."""

    resource = "tasks"
    http_method_names = ["get", "head"]

    @extend_schema(responses={200: {"type": "object"}})
    def get(self, request):
        QueryParameters(request, known=()).check()
        results: list[dict[str, Any]] = [
            {
                "kind": "step",
                "collection": str(entry.label),
                "record": entry.model,
                "step": entry.step,
                "label": str(entry.step_label),
                "ids": keys,
            }
            for entry, keys in oldest(waiting(request.user), SHOWN)
        ]
        deadlines = [
            {"code": row.code, "label": row.said, "unit": row.unit.name, "due_on": row.due_on, "basis": row.grounds}
            for row in owed(request.user, timezone.localdate() + AHEAD)[:SHOWN]
        ]
        results += [{"kind": "deadline", **deadline} for deadline in deadlines]
        return Response({"results": results, "next": None})
