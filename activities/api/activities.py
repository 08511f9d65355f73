"""The collection of activities, and the queue of a phone."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from activities import actions
from activities.actions.many import log_rows
from activities.api.evidence import EvidenceActions
from activities.api.plans import PlannedActivities
from activities.arrivals import ANSWER, QueueSerializer, refuse_other_user, take_in
from activities.filters import ActivityFilter
from activities.models import Activity
from activities.serializers import ActivitySerializer
from culture_admin.interfaces.idempotency import Outcome, once
from culture_admin.interfaces.openapi import idempotency_key
from culture_admin.interfaces.queries import QueryParameters
from stations.models import Closure


class ActivityViewSet(EvidenceActions, PlannedActivities):
    """Activities and training sessions. Only confirmed ones count."""

    model = Activity
    serializer_class = ActivitySerializer
    filterset_class = ActivityFilter
    create_verb = actions.log_activity
    change_verb = actions.change_activity
    bulk_verb = log_rows
    verbs_ask = True
    joins = ("kind", "genre", "station__unit", "station__division", "division", "steward", "facility")
    orders = ("-begins_on", "-pk")

    def rows(self, rows: QuerySet) -> QuerySet:
        """With whether a file is kept, one of the six haves, and what their stations have announced to be shut."""
        shut = Prefetch("station__closures", Closure.objects.published().select_related("facility"), "announced")
        return super().rows(rows).with_records().prefetch_related(shut)


class ReceiptsView(APIView):
    """The queue of a phone that was without a network: up to 200 records, each answered by a receipt or a refusal.

    The same entry again is given the same receipt; the records come in any order and in any parts.
    """

    resource = "receipts"
    http_method_names = ["post"]

    @extend_schema(request=QueueSerializer, responses={200: ANSWER}, parameters=[idempotency_key(False)])
    def post(self, request: Request) -> HttpResponse:
        QueryParameters(request, known=()).check()
        body = QueueSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        refuse_other_user(request, body.validated_data["user"])
        return once(request, lambda: Outcome(200, take_in(request, body.validated_data["records"])))
