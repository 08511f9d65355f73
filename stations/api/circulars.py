"""The collections of the channel between bureau and towns: circulars, replies, information reports."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.problems import Problem
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.refusals import faults_of_model
from culture_admin.interfaces.spreadsheets import MEDIA_TYPES
from culture_admin.interfaces.viewsets import ScopedViewSet
from stations import actions
from stations.filters import AdoptionFilter, CircularFilter, ReplyFilter, ReportFilter
from stations.metrics.collections import results_of
from stations.models import Adoption, Circular, Reply, Report
from stations.serializers import (
    AdoptionSerializer,
    ChaseSerializer,
    CircularSerializer,
    ReplySerializer,
    ReportSerializer,
)

RESULTS = {
    "type": "object",
    "required": ["questions", "rows", "total"],
    "properties": {
        "questions": {"type": "array", "items": {"type": "object"}},
        "rows": {"type": "array", "items": {"type": "object"}},
        "total": {"type": "object"},
    },
}


class CircularViewSet(ScopedViewSet):
    """Notices and collections of the bureau. A town sees those that are addressed to it."""

    model = Circular
    serializer_class = CircularSerializer
    filterset_class = CircularFilter
    create_verb = actions.draft_circular
    change_verb = actions.change_circular
    verbs_ask = True
    key_required = True
    joins = ("county",)
    orders = ("-pk",)

    def rows(self, rows):
        return rows.prefetch_related("forms", "listed")

    @extend_schema(request=ChaseSerializer, responses=ReplySerializer(many=True))
    @action(detail=True, methods=["post"])
    def chase(self, request: Request, pk: str) -> HttpResponse:
        """Chases up every unit that is late, and answers with their replies."""
        return self._write(self._chase)

    @extend_schema(responses={200: RESULTS, **{(200, media): bytes for media in MEDIA_TYPES.values()}})
    @action(detail=True, methods=["get"])
    def results(self, request: Request, pk: str) -> HttpResponse:
        """The table of the replies that the reader sees, as JSON or with `format` as a sheet."""
        query = QueryParameters(request, known={"format"})
        wanted = query.choice("format", ["json", *MEDIA_TYPES], default="json")
        query.check()
        circular: Any = self.get_object()
        replies = Reply.objects.visible_to(request.user).filter(circular=circular)
        table = results_of(circular, replies.select_related("circular", "form", "unit__division"))
        if wanted in MEDIA_TYPES:
            return table.sheet().answer(wanted)
        rows = [
            {
                "reply": line.reply.pk,
                "unit": line.reply.unit_id,
                "unit_name": line.reply.unit.name,
                "state": line.reply.state,
                "late": line.reply.is_late,
                "received_at": line.reply.received_at,
                "submitted_at": line.reply.submitted_at,
                "chases": line.reply.chases,
                "answers": {
                    question.key: answer.value for question, answer in zip(table.asked, line.answers, strict=True)
                },
            }
            for line in table.lines
        ]
        total = {
            question.key: value for question, value in zip(table.asked, table.sums, strict=True) if value is not None
        }
        return Response({"questions": [question.as_dict() for question in table.asked], "rows": rows, "total": total})

    def _chase(self) -> Outcome:
        circular: Any = self.get_object()
        body = ChaseSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        late = actions.chase_up(actor=self.request.user, circular=circular, comment=body.validated_data["comment"])
        rows = Reply.objects.filter(pk__in=[reply.pk for reply in late]).select_related(
            "circular", "form", "unit__division"
        )
        shown = ReplySerializer(rows.order_by("pk"), many=True, context=self.get_serializer_context()).data
        return Outcome(200, {"results": shown})


def save_answers(*, actor, reply: Reply, seen: int | None = None, answers: dict | None = None) -> Reply:
    """The verb, with its faults below /answers/."""
    try:
        return actions.save_answers(actor=actor, reply=reply, seen=seen, answers=answers or {})
    except ValidationError as refused:
        faults = list(faults_of_model(refused, "answers"))
        raise Problem(400, "invalid", faults=faults) from refused


class ReplyViewSet(ScopedViewSet):
    """Each unit's side of a circular. A unit reads and writes its own; PATCH keeps a draft, `submit` hands it in."""

    model = Reply
    serializer_class = ReplySerializer
    filterset_class = ReplyFilter
    change_verb = save_answers
    verbs_ask = True
    joins = ("circular", "form", "unit__division")
    orders = ("-pk",)


class ReportViewSet(ScopedViewSet):
    """Information reports of towns and their stations."""

    model = Report
    serializer_class = ReportSerializer
    filterset_class = ReportFilter
    create_verb = actions.send_report
    change_verb = actions.change_report
    verbs_ask = True
    joins = ("unit__division",)
    orders = ("-pk",)

    def rows(self, rows):
        return rows.prefetch_related("adoptions")


class AdoptionViewSet(ScopedViewSet):
    """Which level adopted which report. The first adoption adopts it."""

    model = Adoption
    serializer_class = AdoptionSerializer
    filterset_class = AdoptionFilter
    create_verb = actions.record_adoption
    verbs_ask = True
    key_required = True
    orders = ("-adopted_on", "pk")
