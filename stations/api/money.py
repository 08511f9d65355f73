"""The collections of money: budgets, instalments, payments, spendings, changes of purpose."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.viewsets import ScopedViewSet, StepSerializer
from stations import actions
from stations.actions.budgets import differences
from stations.filters import AppropriationFilter, BudgetFilter, InstalmentFilter, PurposeChangeFilter, SpendingFilter
from stations.models import Appropriation, Budget, BudgetLine, Instalment, PurposeChange, Spending
from stations.serializers import (
    AppropriationSerializer,
    BudgetSerializer,
    DifferenceSerializer,
    InstalmentSerializer,
    PurposeChangeSerializer,
    SpendingSerializer,
)


class BudgetViewSet(ScopedViewSet):
    """Budgets of stations by year, each revision whole, with what was paid and spent of them."""

    model = Budget
    serializer_class = BudgetSerializer
    filterset_class = BudgetFilter
    create_verb = actions.propose_budget
    verbs_ask = True
    key_required = True
    joins = ("station__unit", "station__division")
    orders = ("-year", "-filed_at", "pk")

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.with_totals().prefetch_related(
            Prefetch("lines", BudgetLine.objects.with_account().order_by("pk")),
            Prefetch("instalments", Instalment.objects.with_payments().order_by("number")),
        )

    def enter(self, serializer: BaseSerializer) -> Model:
        """Read once more, with what showing it needs."""
        return self.get_queryset().get(pk=super().enter(serializer).pk)

    @extend_schema(responses=DifferenceSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def changes(self, request: Request, pk: str) -> HttpResponse:
        """What this revision says otherwise than the budget before it."""
        QueryParameters(request, known=()).check()
        found = [
            {name: None if value is None else str(value) for name, value in _said(one).items()}
            for one in differences(self.get_object())
        ]
        return Response(found)


class InstalmentViewSet(ScopedViewSet):
    """Planned payments, what was paid of each, and how late."""

    model = Instalment
    serializer_class = InstalmentSerializer
    filterset_class = InstalmentFilter
    joins = ("budget__station__unit",)
    orders = ("due_on", "pk")

    def rows(self, rows: QuerySet) -> QuerySet:
        """Of the budgets in force, with their payments."""
        return rows.in_force().with_payments()


class EntryViewSet(ScopedViewSet):
    """Entries of money are added to, and taken back by an entry of their own; nothing is changed."""

    reverse_verb: Any
    verbs_ask = True
    key_required = True
    joins = ("station__unit", "station__division", "reversal")
    orders = ("-on", "pk")

    @extend_schema(request=StepSerializer)
    @action(detail=True, methods=["post"])
    def reverse(self, request: Request, pk: str) -> HttpResponse:
        """Takes an entry back for a reason; answers the entry that does so."""
        return self._write(self._reverse)

    def _reverse(self) -> Outcome:
        entry: Any = self.get_object()
        body = StepSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        named = {entry._meta.model_name: entry}
        verb: Any = type(self).reverse_verb
        reversal = verb(actor=self.request.user, reason=body.validated_data["comment"], **named)
        return Outcome(201, self.get_serializer(reversal).data)


class AppropriationViewSet(EntryViewSet):
    """What towns have paid to their stations."""

    model = Appropriation
    serializer_class = AppropriationSerializer
    filterset_class = AppropriationFilter
    create_verb = actions.enter_payment
    reverse_verb = actions.reverse_payment


class SpendingViewSet(EntryViewSet):
    """What stations have spent, by purpose; `over` is by how much the purpose was overrun then."""

    model = Spending
    serializer_class = SpendingSerializer
    filterset_class = SpendingFilter
    create_verb = actions.record_spending
    reverse_verb = actions.reverse_spending


class PurposeChangeViewSet(ScopedViewSet):
    """Cases to use money of one purpose for another."""

    model = PurposeChange
    serializer_class = PurposeChangeSerializer
    filterset_class = PurposeChangeFilter
    create_verb = actions.propose_purpose_change
    verbs_ask = True
    key_required = True
    joins = ("station__unit", "station__division", "budget")
    orders = ("-filed_at", "pk")


def _said(difference) -> dict[str, object]:
    return {"what": difference.what, "before": difference.before, "after": difference.after}
