"""The collections of contracts, service lines and supplements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from culture_admin.exchange.reader import Unreadable
from culture_admin.exchange.serializers import ImportSerializer
from culture_admin.interfaces.etags import seen_version
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.spreadsheets import XLSX
from culture_admin.interfaces.viewsets import ScopedViewSet
from stewards import actions
from stewards.api.deliveries import OfContract, OfLine
from stewards.filters import ContractFilter, ServiceLineFilter, SupplementFilter
from stewards.models import Contract, Coverage, ServiceLine, Supplement
from stewards.serializers import (
    AwardSerializer,
    ContractSerializer,
    FilingSerializer,
    RenewalSerializer,
    ServiceLineSerializer,
    SigningSerializer,
    SupplementSerializer,
)
from stewards.sheets import sheet_of

SHEET = {
    "multipart/form-data": {
        "type": "object",
        "required": ["file"],
        "properties": {"file": {"type": "string", "format": "binary"}},
    }
}
COVERAGE = Coverage.objects.select_related("station__unit", "station__division")
LINES = ServiceLine.objects.prefetch_related("supplements").order_by("number")


class ContractViewSet(OfContract):
    """Contracts for steward services with their towns, service list, plan and factor.

    They are changed while they are in preparation or procurement: lists that are sent replace what stood there.
    """

    model = Contract
    serializer_class = ContractSerializer
    filterset_class = ContractFilter
    create_verb = actions.draft_contract
    change_verb = actions.change_contract
    verbs_ask = True
    key_required = True
    matched = ("award", "signing", "filing", "renew")
    joins = ("place", "firm__unit__division")
    orders = ("-begins_on", "-ends_on", "-amount", "pk")

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related(
            Prefetch("coverage", COVERAGE),
            Prefetch("lines", LINES),
            "plan",
            "factors",
            "supplements",
            "acceptances",
            "payments",
            "firm__penalties",
            "firm__standings",
        )

    def enter(self, serializer: BaseSerializer) -> Model:
        """Read once more, with what showing it needs."""
        return self.get_queryset().get(pk=super().enter(serializer).pk)

    @extend_schema(request=AwardSerializer, responses=ContractSerializer)
    @action(detail=True, methods=["post"])
    def award(self, request: Request, pk: str) -> HttpResponse:
        """Notes the day of the award notice; from then on it is to be signed within 30 days."""
        return self._write(lambda: self._do(AwardSerializer, actions.note_award))

    @extend_schema(request=SigningSerializer, responses=ContractSerializer)
    @action(detail=True, methods=["post"])
    def signing(self, request: Request, pk: str) -> HttpResponse:
        """Signs the contract; the copy and the publication are owed from then on."""
        return self._write(lambda: self._do(SigningSerializer, actions.sign_contract))

    @extend_schema(request=FilingSerializer, responses=ContractSerializer)
    @action(detail=True, methods=["post"])
    def filing(self, request: Request, pk: str) -> HttpResponse:
        """Notes when the copy went to finance, and when the contract was published."""
        return self._write(lambda: self._do(FilingSerializer, actions.note_filing))

    @extend_schema(request=RenewalSerializer, responses={201: ContractSerializer})
    @action(detail=True, methods=["post"])
    def renew(self, request: Request, pk: str) -> HttpResponse:
        """Draws up the contract of the next term; answers the new one."""
        return self._write(self._renew)

    @extend_schema(responses={(200, XLSX): bytes})
    @action(detail=True, methods=["get"])
    def sheet(self, request: Request, pk: str) -> HttpResponse:
        """The service list as a workbook, to be changed and sent again."""
        QueryParameters(request, known=()).check()
        contract: Any = self.get_object()
        return sheet_of(contract).answer("xlsx")

    @extend_schema(request=SHEET, responses={201: ImportSerializer})
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def lines(self, request: Request, pk: str) -> HttpResponse:
        """Reads the service list of a draft from a sheet; answers the import, which is applied as every ledger is."""
        return self._write(self._lines)

    def _lines(self) -> Outcome:
        contract: Any = self.get_object()
        sent = self.request.FILES.get("file")
        if sent is None:
            raise Problem(400, "required", faults=[Fault("required", _("Send the file."), pointer="/file")])
        try:
            batch = actions.bring_in_lines(
                actor=self.request.user, contract=contract, file_name=sent.name or "", content=sent.read()
            )
        except Unreadable as refused:
            fault = Fault(refused.code, refused.message, pointer="/file")
            raise Problem(400, refused.code, faults=[fault]) from refused
        return Outcome(201, ImportSerializer(batch, context=self.get_serializer_context()).data, self._headers(batch))

    def _do(self, body_class: type[BaseSerializer], verb: Callable[..., Model]) -> Outcome:
        contract: Any = self.get_object()
        version = seen_version(self.request, contract)
        verb(actor=self.request.user, contract=contract, seen=version, **self._read(body_class))
        shown = self.get_object()
        return Outcome(200, self.get_serializer(shown).data, self._headers(shown))

    def _renew(self) -> Outcome:
        contract: Any = self.get_object()
        seen_version(self.request, contract)
        made = actions.renew_contract(actor=self.request.user, contract=contract, **self._read(RenewalSerializer))
        shown = self.get_queryset().get(pk=made.pk)
        return Outcome(201, self.get_serializer(shown).data, self._headers(shown))

    def _read(self, body_class: type[BaseSerializer]) -> dict[str, Any]:
        body = body_class(data=self.request.data)
        body.is_valid(raise_exception=True)
        return body.validated_data


class ServiceLineViewSet(OfLine):
    """Lines of service lists: what is bought, of what, how many, at which price. They are written with their contract."""

    model = ServiceLine
    serializer_class = ServiceLineSerializer
    filterset_class = ServiceLineFilter
    joins = ("contract", "station__unit")
    orders = ("pk", "number", "first", "last")

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related("supplements")


class SupplementViewSet(ScopedViewSet):
    """Supplements: more of one line, all together at most a tenth of the contract's amount."""

    model = Supplement
    serializer_class = SupplementSerializer
    filterset_class = SupplementFilter
    create_verb = actions.propose_supplement
    verbs_ask = True
    key_required = True
    joins = ("contract__place", "contract__firm__unit__division", "line")
    orders = ("-pk",)

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related("contract__supplements")
