"""The collections of objections, awards, their payments, and re-checks."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from assessments import actions
from assessments.actions.objections import models_behind, touched
from assessments.filters import AwardFilter, AwardPaymentFilter, ObjectionFilter, RecheckFilter
from assessments.models import Award, AwardPayment, Objection, Recheck
from assessments.serializers import (
    AwardPaymentSerializer,
    AwardSerializer,
    ObjectionSerializer,
    RecheckSerializer,
    TouchedSerializer,
)
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.workflow.steps import FLOWS
from stations.api.money import EntryViewSet

OF_ASSESSMENT = ("assessment__unit", "assessment__division", "assessment__cycle__scheme", "assessment__cycle__place")


class ObjectionViewSet(ScopedViewSet):
    """Objections to a record behind a score, or to a judgement; an upheld one corrects the record, and both scores stay."""

    model = Objection
    serializer_class = ObjectionSerializer
    filterset_class = ObjectionFilter
    create_verb = actions.object_to
    verbs_ask = True
    key_required = True
    joins = (*OF_ASSESSMENT, "before__snapshot")
    orders = ("-pk",)

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related(*FLOWS[Objection].fetched)

    def enter(self, serializer: BaseSerializer) -> Model:
        """The record is named by its id and, where an indicator is made of several kinds, by the metric it belongs to."""
        serializer.is_valid(raise_exception=True)
        said: dict[str, Any] = dict(serializer.validated_data)
        key, metric = said.pop("record_id", None), said.pop("metric", "")
        record = self._record(said, key, metric) if key is not None else None
        objection = actions.object_to(actor=self.request.user, record=record, **said)
        return self.get_queryset().get(pk=objection.pk)

    @extend_schema(responses=TouchedSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def touched(self, request: Request, pk: str) -> HttpResponse:
        """Everybody an upheld objection touches; of others one sees what his office sees."""
        QueryParameters(request, known=()).check()
        objection: Any = self.get_object()
        seen = set(type(objection.assessment)._default_manager.visible_to(request.user).values_list("pk", flat=True))
        return Response([TouchedSerializer.said(one) for one in touched(objection) if one.assessment.pk in seen])

    def _record(self, said: dict[str, Any], key: int, metric: str) -> Model:
        """The record, one of those the user may see. Raises Problem."""
        for model in models_behind(said["assessment"], said["code"], metric):
            record = model.objects.visible_to(self.request.user).filter(pk=key).first()
            if record is not None:
                return record
        message = _("There is no such record, or it lies outside your territory.")
        raise Problem(400, "does_not_exist", faults=[Fault("does_not_exist", message, pointer="/record", value=key)])


class AwardViewSet(ScopedViewSet):
    """What results earn by their scheme, and how much of it is paid."""

    model = Award
    serializer_class = AwardSerializer
    filterset_class = AwardFilter
    joins = OF_ASSESSMENT
    orders = ("-granted_on", "pk")

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related(*FLOWS[Award].fetched)


class AwardPaymentViewSet(EntryViewSet):
    """Payments of awards; they are added to, and taken back by an entry of their own."""

    model = AwardPayment
    serializer_class = AwardPaymentSerializer
    filterset_class = AwardPaymentFilter
    create_verb = actions.pay_award
    reverse_verb = actions.reverse_award_payment
    joins = ("award__assessment__unit", "award__assessment__division", "reversal")


class RecheckViewSet(ScopedViewSet):
    """Re-checks of titles: planned, and the title kept or withdrawn."""

    model = Recheck
    serializer_class = RecheckSerializer
    filterset_class = RecheckFilter
    create_verb = actions.plan_recheck
    verbs_ask = True
    key_required = True
    joins = OF_ASSESSMENT
    orders = ("due_on", "pk")
