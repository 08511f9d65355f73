"""The collections of personnel cases, of time off post, and of what follows from it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from culture_admin.interfaces.etags import seen_version
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.personal import Revealing
from culture_admin.interfaces.viewsets import ScopedViewSet
from stations import actions
from stations.filters import OffPostFilter, OffPostObjectionFilter, PersonnelCaseFilter, TitleApplicationFilter
from stations.models import OffPost, OffPostObjection, PersonnelCase, TitleApplication
from stations.serializers import (
    DeterminePaySerializer,
    NewCaseSerializer,
    OffPostObjectionSerializer,
    OffPostSerializer,
    PersonnelCaseSerializer,
    ReportBackSerializer,
    TitleApplicationSerializer,
)


class PersonnelCaseViewSet(Revealing):
    """What towns ask the bureau to approve: a draft is filed by `submit`, and every further step is a step of its flow."""

    model = PersonnelCase
    serializer_class = PersonnelCaseSerializer
    filterset_class = PersonnelCaseFilter
    create_verb = actions.file_case
    change_verb = actions.change_case
    verbs_ask = True
    key_required = True
    matched = ("determine",)
    joins = (
        "station__unit",
        "station__division",
        "officer",
        "post",
        "posting",
        "origin__division",
        "origin__unit",
        "pay",
    )
    orders = ("-pk", "-effective_on")
    personal = "pay"

    def get_serializer_class(self):
        return NewCaseSerializer if self.action in ("create", "bulk") else PersonnelCaseSerializer

    def rows(self, rows):
        return rows.prefetch_related("officer__postings")

    @extend_schema(request=DeterminePaySerializer, responses=PersonnelCaseSerializer)
    @action(detail=True, methods=["post"])
    def determine(self, request: Request, pk: str) -> HttpResponse:
        """Writes other pay than the town proposed, before the case is approved."""
        return self._write(self._determine)

    def _determine(self) -> Outcome:
        case: Any = self.get_object()
        version = seen_version(self.request, case)
        body = DeterminePaySerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        actions.determine_pay(actor=self.request.user, personnelcase=case, seen=version, **body.validated_data)
        shown = self.get_object()
        return Outcome(200, self.get_serializer(shown).data, self._headers(shown))


class OffPostViewSet(ScopedViewSet):
    """The off-post ledger: since when an officer is not on post, and until when he was not."""

    model = OffPost
    serializer_class = OffPostSerializer
    filterset_class = OffPostFilter
    create_verb = actions.record_off_post
    verbs_ask = True
    key_required = True
    matched = ("report_back",)
    joins = ("station__unit", "station__division", "officer")
    orders = ("-valid_from", "-pk")

    @extend_schema(request=ReportBackSerializer, responses=OffPostSerializer)
    @action(detail=True, methods=["post"], url_path="report-back")
    def report_back(self, request: Request, pk: str) -> HttpResponse:
        """Says since which day the officer is back."""
        return self._write(self._report_back)

    def _report_back(self) -> Outcome:
        row: Any = self.get_object()
        version = seen_version(self.request, row)
        body = ReportBackSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        actions.report_back(actor=self.request.user, offpost=row, seen=version, **body.validated_data)
        shown = self.get_object()
        return Outcome(200, self.get_serializer(shown).data, self._headers(shown))


class OffPostObjectionViewSet(ScopedViewSet):
    """Objections to entries of the off-post ledger; what is upheld corrects the ledger."""

    model = OffPostObjection
    serializer_class = OffPostObjectionSerializer
    filterset_class = OffPostObjectionFilter
    create_verb = actions.object_to
    verbs_ask = True
    key_required = True
    joins = ("off_post__station__unit", "off_post__station__division", "off_post__officer")
    orders = ("-pk",)


class TitleApplicationViewSet(ScopedViewSet):
    """Applications for professional titles. Who was off post in a year takes no part in its promotion."""

    model = TitleApplication
    serializer_class = TitleApplicationSerializer
    filterset_class = TitleApplicationFilter
    create_verb = actions.apply_for_title
    verbs_ask = True
    key_required = True
    joins = ("station__unit", "station__division", "officer")
    orders = ("-year", "-pk")

    def rows(self, rows):
        return rows.prefetch_related("officer__postings__post", "officer__absences")
