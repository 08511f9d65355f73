"""The collections of acceptances, their lines and signatures, deductions, instalments and payments."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.workflow.steps import FLOWS
from stations.api.money import EntryViewSet
from stewards import actions
from stewards.filters import (
    AcceptanceFilter,
    AcceptanceLineFilter,
    ContractPaymentFilter,
    DeductionFilter,
    PlannedPaymentFilter,
    SignatureFilter,
)
from stewards.models import Acceptance, AcceptanceLine, ContractPayment, Deduction, PlannedPayment, Signature
from stewards.paying import OF_MONEY, explained, in_every_language
from stewards.serializers import (
    AcceptanceLineSerializer,
    AcceptanceSerializer,
    ContractInstalmentSerializer,
    ContractPaymentSerializer,
    DeductionSerializer,
    ExplanationSerializer,
    SignatureSerializer,
)

OF_CONTRACT = ("contract__place", "contract__firm__unit")


class AcceptanceViewSet(ScopedViewSet):
    """Acceptances of contracts for an instalment of their plan: counted from what was delivered, signed by several, accepted."""

    model = Acceptance
    serializer_class = AcceptanceSerializer
    filterset_class = AcceptanceFilter
    create_verb = actions.draw_up
    change_verb = actions.change_acceptance
    verbs_ask = True
    key_required = True
    joins = (*OF_CONTRACT, "instalment", "evaluation")
    orders = ("-last", "pk")

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related(*FLOWS[Acceptance].fetched)

    def enter(self, serializer: BaseSerializer) -> Model:
        """Read once more, with what showing it needs. Comments come with the lines, when these are counted."""
        serializer.is_valid(raise_exception=True)
        said: dict[str, Any] = dict(serializer.validated_data)
        comments = said.pop("comments", [])
        record = actions.draw_up(actor=self.request.user, **said)
        if comments:
            actions.change_acceptance(actor=self.request.user, acceptance=record, comments=comments)
        return self.get_queryset().get(pk=record.pk)

    @extend_schema(responses=ExplanationSerializer, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def explanation(self, request: Request, pk: str) -> HttpResponse:
        """Every yuan of what is to be paid, in the request's language and in words in each."""
        QueryParameters(request, known=()).check()
        acceptance: Any = self.get_object()
        lines = [
            {
                "code": line.code,
                "text": line.text,
                "working": line.working,
                "change": f"{line.change:f}",
                "amount": f"{line.amount:f}",
            }
            for line in explained(acceptance)
        ]
        found = {"payable": acceptance.payable, "lines": lines, "text": in_every_language(acceptance)}
        return Response(ExplanationSerializer(found).data)


class AcceptanceLineViewSet(ScopedViewSet):
    """What acceptance sheets say of each service line: target, done, records, verified, points."""

    model = AcceptanceLine
    serializer_class = AcceptanceLineSerializer
    filterset_class = AcceptanceLineFilter
    joins = ("line", "acceptance__contract")


class SignatureViewSet(ScopedViewSet):
    """Signatures under acceptances: each member signs for his own unit, once, or declines with why."""

    model = Signature
    serializer_class = SignatureSerializer
    filterset_class = SignatureFilter
    joins = (
        "unit__division",
        "station",
        "signed_by",
        "acceptance__contract__place",
        "acceptance__contract__firm__unit",
    )
    orders = ("-pk",)

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related(*FLOWS[Signature].fetched)


class DeductionViewSet(ScopedViewSet):
    """Deductions by the terms of contracts: proposed, decided by somebody else, taken off in the next acceptance."""

    model = Deduction
    serializer_class = DeductionSerializer
    filterset_class = DeductionFilter
    create_verb = actions.propose_deduction
    verbs_ask = True
    key_required = True
    joins = (*OF_CONTRACT, "line")
    orders = ("-on", "pk")


class PlannedPaymentViewSet(ScopedViewSet):
    """Instalments of the payment plans of contracts: what is to be paid of each, what is paid, what is left."""

    model = PlannedPayment
    serializer_class = ContractInstalmentSerializer
    filterset_class = PlannedPaymentFilter
    joins = OF_CONTRACT
    orders = ("-contract", "pk")

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related(*(f"contract__{name}" for name in OF_MONEY))


class ContractPaymentViewSet(EntryViewSet):
    """Payments to firms; they are added to, and taken back by an entry of their own."""

    model = ContractPayment
    serializer_class = ContractPaymentSerializer
    filterset_class = ContractPaymentFilter
    create_verb = actions.pay_contract
    reverse_verb = actions.reverse_contract_payment
    joins = ("contract__place", "contract__firm__unit", "reversal")
