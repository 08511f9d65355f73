"""The collection of years: each scheme carried through once."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from assessments import actions
from assessments.filters import CycleFilter
from assessments.models import Cycle
from assessments.serializers import AdoptSerializer, ComputationSerializer, CycleSerializer, InterimSerializer
from culture_admin.interfaces.etags import seen_version
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.workflow.steps import FLOWS


class CycleViewSet(ScopedViewSet):
    """Assessments of a year, from the opening to the archive. PATCH moves the day of the self-assessment or names the document."""

    model = Cycle
    serializer_class = CycleSerializer
    filterset_class = CycleFilter
    create_verb = actions.draft_cycle
    change_verb = actions.change_cycle
    verbs_ask = True
    key_required = True
    matched = ("adopt",)
    joins = ("place", "scheme")
    orders = ("-scheme__year", "pk")

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related(*FLOWS[Cycle].fetched)

    @classmethod
    def offers(cls, action: str) -> bool:
        return action != "bulk" and super().offers(action)

    @extend_schema(request=AdoptSerializer)
    @action(detail=True, methods=["post"])
    def adopt(self, request: Request, pk: str) -> HttpResponse:
        """Goes on by the edition of the scheme that was published since."""
        return self._write(self._adopt)

    @extend_schema(request=InterimSerializer, responses={201: ComputationSerializer})
    @action(detail=True, methods=["post"])
    def interim(self, request: Request, pk: str) -> HttpResponse:
        """Computes and ranks by what is recorded up to a day."""
        return self._write(self._interim)

    def _adopt(self) -> Outcome:
        cycle: Any = self.get_object()
        seen = seen_version(self.request, cycle)
        body = AdoptSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        changed = actions.adopt_edition(actor=self.request.user, cycle=cycle, seen=seen, **body.validated_data)
        shown = self.get_queryset().get(pk=changed.pk)
        return Outcome(200, self.get_serializer(shown).data, self._headers(shown))

    def _interim(self) -> Outcome:
        cycle: Any = self.get_object()
        body = InterimSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        computation = actions.take_interim(actor=self.request.user, cycle=cycle, **body.validated_data)
        return Outcome(201, ComputationSerializer(computation, context=self.get_serializer_context()).data)
