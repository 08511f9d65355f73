"""The addresses of numbers: statistics/ and metrics/."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.spreadsheets import XLSX
from culture_admin.statistics import exports
from culture_admin.statistics.periods import Period
from culture_admin.statistics.questions import GRAINS, Hierarchy, known_by
from culture_admin.statistics.reading import Table, read
from culture_admin.statistics.register import METRICS, Status, dimensions

FORMATS = ["json", "csv", "xlsx"]
ABOUT_QUESTION = ["metric", "by", "division", "from", "to", "as_of", "status", "hierarchy", "format"]

METRIC = {
    "type": "object",
    "required": ["code", "label", "unit", "kind", "dimensions", "definition", "version"],
    "properties": {
        "code": {"type": "string"},
        "label": {"type": "string"},
        "unit": {"type": "string"},
        "kind": {"enum": ["flow", "stock", "ratio"]},
        "dimensions": {"type": "array", "items": {"type": "string"}},
        "definition": {"type": "string"},
        "version": {"type": "integer"},
    },
}
NULLABLE_DAY = {"type": ["string", "null"], "format": "date"}
ROW = {
    "type": "object",
    "description": "What tells the row apart, and by code the numbers: null where nothing is recorded.",
    "properties": {
        "not_applicable": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Metrics that can have no number here, because no station was there to have one.",
        }
    },
    "additionalProperties": {"type": ["string", "number", "null"]},
}
ANSWER = {
    "type": "object",
    "required": ["meta", "rows", "total"],
    "properties": {
        "meta": {
            "type": "object",
            "required": [
                "metrics",
                "from",
                "to",
                "division",
                "hierarchy",
                "status",
                "computed_at",
                "units",
                "estimated",
                "records",
            ],
            "properties": {
                "metrics": {"type": "array", "items": METRIC},
                "from": NULLABLE_DAY,
                "to": NULLABLE_DAY,
                "as_of": {**NULLABLE_DAY, "description": "The day at which stocks are read; null without any."},
                "division": {"type": ["string", "null"]},
                "hierarchy": {"enum": [each.value for each in Hierarchy]},
                "status": {"enum": [each.value for each in Status]},
                "computed_at": {"type": "string", "format": "date-time"},
                "units": {
                    "type": "object",
                    "description": "By code how many units stand behind the total, of how many expected.",
                    "additionalProperties": {
                        "type": "object",
                        "properties": {"reported": {"type": "integer"}, "expected": {"type": ["integer", "null"]}},
                    },
                },
                "estimated": {
                    "type": "object",
                    "description": "The codes of which some figure is the share of a division that was split, each with true.",
                    "additionalProperties": {"const": True},
                },
                "records": {
                    "type": "object",
                    "description": "By code the address of the rows behind the total.",
                    "additionalProperties": {"type": ["string", "null"]},
                },
            },
        },
        "rows": {"type": "array", "items": ROW},
        "total": ROW,
    },
}
PARAMETERS = [
    OpenApiParameter("metric", str, required=True, description="Codes of metrics, separated by commas."),
    OpenApiParameter("by", str, description="What tells rows apart, separated by commas: division:LEVEL, year, … ."),
    OpenApiParameter("division", str, description="The code of a division in the territory."),
    OpenApiParameter("from", {"type": "string", "format": "date"}, description="The first day of the period."),
    OpenApiParameter("to", {"type": "string", "format": "date"}, description="The last day of the period."),
    OpenApiParameter(
        "as_of", {"type": "string", "format": "date"}, description="The day of stocks; else the last day."
    ),
    OpenApiParameter("status", str, enum=[each.value for each in Status]),
    OpenApiParameter("hierarchy", str, enum=[each.value for each in Hierarchy]),
    OpenApiParameter("format", str, enum=FORMATS),
    OpenApiParameter("year", str, description="2025"),
    OpenApiParameter("quarter", str, description="2025-Q1"),
    OpenApiParameter("month", str, description="2025-03"),
]


class StatisticsView(APIView):
    """Numbers, told apart by places, times and dimensions, exact and with what stands behind them.

    Besides the parameters named here every dimension of the metrics is one: kind, genre, grade, station, steward, … .
    """

    resource = "statistics"
    http_method_names = ["get", "head"]

    @extend_schema(
        parameters=PARAMETERS,
        responses={
            (200, "application/json"): ANSWER,
            (200, "text/csv"): {"type": "string"},
            (200, XLSX): {"type": "string", "format": "binary"},
        },
    )
    def get(self, request: Request) -> HttpResponse:
        query = QueryParameters(request, known=[*ABOUT_QUESTION, *GRAINS, *dimensions()])
        metrics, asked = question_of(query)
        wanted = query.choice("format", FORMATS, default="json")
        query.check()
        return _answer(read(metrics, user=request.user, **asked), wanted)


class MetricsView(APIView):
    """What numbers there are, and what each of them counts."""

    resource = "metrics"
    http_method_names = ["get", "head"]

    @extend_schema(
        responses={
            200: {
                "type": "object",
                "required": ["results", "next"],
                "properties": {"results": {"type": "array", "items": METRIC}, "next": {"type": "null"}},
            }
        }
    )
    def get(self, request: Request) -> Response:
        QueryParameters(request, known=()).check()
        results = [exports.described(METRICS[code]) for code in sorted(METRICS)]
        return Response({"results": results, "next": None})


def question_of(query: QueryParameters) -> tuple[list[str], dict[str, Any]]:
    """The metrics and the other arguments of `read` that a query asks for; what is unreadable is noted in the query."""
    filters = [*GRAINS, *dimensions()]
    where: dict[str, object] = {name: query.items(name) for name in filters if name in query.values}
    if "division" in query.values:
        where["division"] = query.text("division", longest=12)
    asked = {
        "by": query.items("by", known_by()),
        "period": Period(query.day("from"), query.day("to")),
        "as_of": query.day("as_of"),
        "where": where,
        "status": query.choice("status", list(Status)) or Status.CONFIRMED,
        "hierarchy": query.choice("hierarchy", list(Hierarchy)) or Hierarchy.AS_WAS,
    }
    return query.items("metric"), asked


def _answer(table: Table, wanted: str | None) -> HttpResponse:
    if wanted == "csv":
        response = HttpResponse(exports.as_csv(table), content_type="text/csv; charset=utf-8")
    elif wanted == "xlsx":
        response = HttpResponse(exports.as_xlsx(table), content_type=XLSX)
    else:
        return Response(exports.as_json(table))
    response["Content-Disposition"] = f'attachment; filename="statistics.{wanted}"'
    return response
