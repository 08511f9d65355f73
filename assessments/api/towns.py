"""The collections of towns' assessments, their items and the evidence shown for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import actions
from assessments.actions.checklist import checklist
from assessments.actions.cycles import until_of
from assessments.filters import AssessmentFilter, EvidenceFilter, ItemFilter
from assessments.models import Assessment, Computation, Evidence, Item
from assessments.rehearsing import gap_list, rehearse
from assessments.serializers import (
    AssessmentSerializer,
    CheckpointSerializer,
    EvidenceSerializer,
    ItemSerializer,
    MissingSerializer,
    RehearsedSerializer,
)
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.problems import Fault, Problem, nothing_here
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.scoring.rules import read_number
from culture_admin.statistics.snapshots import plain
from culture_admin.workflow.steps import FLOWS

MORE = OpenApiParameter("more", str, description="what is added, by indicator: 1.2:3,4.1:2")


class AssessmentViewSet(ScopedViewSet):
    """Towns and stations in the assessment of a year; they are entered when the year is opened."""

    model = Assessment
    serializer_class = AssessmentSerializer
    filterset_class = AssessmentFilter
    joins = ("unit", "division", "station__unit", "cycle__scheme", "cycle__place")
    orders = ("pk", "division__code")

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related(*FLOWS[Assessment].fetched)

    @extend_schema(responses=CheckpointSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def checklist(self, request: Request, pk: str) -> HttpResponse:
        """Everything a reviewer would find, what stands against handing over first."""
        QueryParameters(request, known=()).check()
        assessment: Any = self.get_object()
        return Response([asdict(one) for one in checklist(assessment, _until(assessment))])

    @extend_schema(responses=MissingSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def gaps(self, request: Request, pk: str) -> HttpResponse:
        """What is missing to the next points, indicator by indicator, most points first."""
        QueryParameters(request, known=()).check()
        assessment: Any = self.get_object()
        found = gap_list(assessment, _until(assessment))
        return Response([asdict(one) | _numbers(one, "missing", "gain", "whole") for one in found])

    @extend_schema(responses=RehearsedSerializer, parameters=[MORE], filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def rehearsal(self, request: Request, pk: str) -> HttpResponse:
        """What the score and the place would be with so much more; nothing of it is written.

        It starts from the last computation the reader may see.
        """
        query = QueryParameters(request, known=("more",))
        query.check()
        assessment: Any = self.get_object()
        start = Computation.objects.visible_to(request.user).filter(cycle=assessment.cycle_id).order_by("number").last()
        if start is None:
            raise nothing_here()
        more = dict(_read(query.values.get("more", "")))
        try:
            rehearsed = rehearse(assessment.cycle, own=assessment, more=more, computation=start)
        except ValidationError as refused:
            faults = [
                Fault(one.code or "invalid", " ".join(one.messages), parameter="more") for one in _errors(refused)
            ]
            raise Problem(400, faults[0].code, faults=faults) from refused
        return Response(RehearsedSerializer.said(rehearsed))


class ItemViewSet(ScopedViewSet):
    """Items of assessments. PATCH with `claimed…` and `note` for the town, with `reviewed…` and `remark` for the review."""

    model = Item
    serializer_class = ItemSerializer
    filterset_class = ItemFilter
    change_verb = actions.change_item
    verbs_ask = True
    joins = ("assessment__division", "assessment__unit", "assessment__cycle__scheme")


class EvidenceViewSet(ScopedViewSet):
    """Files shown for items; a new file is attached to the item first (`attachments`, kind `item`)."""

    model = Evidence
    serializer_class = EvidenceSerializer
    filterset_class = EvidenceFilter
    create_verb = actions.show_evidence
    verbs_ask = True
    joins = ("attachment", "item__assessment__division", "item__assessment__cycle__scheme")

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> HttpResponse:
        """Shows a file no more; it stays on record."""
        return self._write(self._withdraw)

    def _withdraw(self) -> Outcome:
        evidence: Any = self.get_object()
        shown = actions.withdraw_evidence(actor=self.request.user, evidence=evidence)
        return Outcome(200, self.get_serializer(shown).data)


def _until(assessment: Assessment):
    return until_of(assessment.cycle, timezone.now())


def _numbers(one: Any, *names: str) -> dict[str, str]:
    return {name: plain(getattr(one, name)) for name in names}


def _read(written: str) -> Iterable[tuple[str, Decimal]]:
    """1.2:3,4.1:-2 as codes and numbers. Raises Problem."""
    for part in filter(None, written.split(",")):
        code, _colon, number = part.partition(":")
        read = read_number(number)
        if not code or read is None:
            message = _("Expected indicators and numbers like 1.2:3,4.1:2.")
            raise Problem(400, "more_format", faults=[Fault("more_format", message, parameter="more", value=part[:40])])
        yield code, read


def _errors(refused: ValidationError) -> list[ValidationError]:
    return [error for errors in refused.error_dict.values() for error in errors]
