"""The collections of evaluations, their items, the towns' ratings, findings and spot checks."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from culture_admin.interfaces.etags import seen_version
from culture_admin.interfaces.idempotency import Outcome
from culture_admin.interfaces.queries import QueryParameters
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.workflow.steps import FLOWS
from stewards import actions
from stewards.explaining import trees
from stewards.filters import (
    EvaluationFilter,
    EvaluationItemFilter,
    ServiceCheckFilter,
    ServiceFindingFilter,
    TownRatingFilter,
)
from stewards.models import Evaluation, EvaluationItem, ServiceFinding, SpotCheck, TownRating
from stewards.serializers import (
    EvaluationItemSerializer,
    EvaluationSerializer,
    OutcomesSerializer,
    RowFindingSerializer,
    ServiceCheckSerializer,
    ServiceFindingSerializer,
    TownRatingSerializer,
    TreesSerializer,
)


class EvaluationViewSet(ScopedViewSet):
    """Evaluations of contracts by the service standard, for a quarter or, without one, for a year."""

    model = Evaluation
    serializer_class = EvaluationSerializer
    filterset_class = EvaluationFilter
    create_verb = actions.open_evaluation
    verbs_ask = True
    key_required = True
    joins = ("contract__place", "contract__firm__unit", "scheme")
    orders = ("-pk", "last")

    @classmethod
    def offers(cls, action: str) -> bool:
        return action != "bulk" and super().offers(action)

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related(*FLOWS[Evaluation].fetched)

    @extend_schema(responses=TreesSerializer, filters=False)
    @action(detail=True, methods=["get"])
    def tree(self, request: Request, pk: str) -> HttpResponse:
        """Every point: the score by its four parts, each part down to what it was made of; leaves add up to the last digit."""
        QueryParameters(request, known=()).check()
        evaluation: Any = self.get_object()
        return Response(TreesSerializer(trees(evaluation)).data)


class EvaluationItemViewSet(ScopedViewSet):
    """Items that are not counted. PATCH with `claimed…` and `note` for the firm, with `reviewed…` and `remark` for the review."""

    model = EvaluationItem
    serializer_class = EvaluationItemSerializer
    filterset_class = EvaluationItemFilter
    change_verb = actions.change_evaluation_item
    verbs_ask = True
    joins = ("evaluation__contract__place", "evaluation__contract__firm__unit", "evaluation__scheme")


class TownRatingViewSet(ScopedViewSet):
    """What the towns say of the service, from 1 to 5."""

    model = TownRating
    serializer_class = TownRatingSerializer
    filterset_class = TownRatingFilter
    change_verb = actions.change_rating
    verbs_ask = True
    steps_alone = False
    joins = (
        "station__unit",
        "station__division",
        "evaluation__contract__place",
        "evaluation__contract__firm__unit",
    )


class ServiceFindingViewSet(ScopedViewSet):
    """What was found in a service, and what the firm did about it."""

    model = ServiceFinding
    serializer_class = ServiceFindingSerializer
    filterset_class = ServiceFindingFilter
    create_verb = actions.open_service_finding
    verbs_ask = True
    key_required = True
    joins = ("contract__place", "contract__firm__unit", "station__unit", "evaluation")
    orders = ("-pk", "due_on")

    @classmethod
    def offers(cls, action: str) -> bool:
        return action != "bulk" and super().offers(action)


class ServiceCheckViewSet(ScopedViewSet):
    """Spot checks of what counts on a contract's lines. The seed shown draws the same rows of the same ledger again."""

    model = SpotCheck
    serializer_class = ServiceCheckSerializer
    filterset_class = ServiceCheckFilter
    create_verb = actions.draw_spot_check
    verbs_ask = True
    key_required = True
    steps_alone = False
    matched = ("outcomes",)
    joins = ("contract__place", "contract__firm__unit")
    orders = ("-pk",)

    @classmethod
    def offers(cls, action: str) -> bool:
        return action != "bulk" and super().offers(action)

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related("rows")

    @extend_schema(request=OutcomesSerializer, responses=ServiceCheckSerializer)
    @action(detail=True, methods=["post"])
    def outcomes(self, request: Request, pk: str) -> HttpResponse:
        """Enters what was found of some rows; with the last of them the check is done."""
        return self._write(self._enter)

    @extend_schema(request=RowFindingSerializer, responses={201: ServiceFindingSerializer})
    @action(detail=True, methods=["post"])
    def finding(self, request: Request, pk: str) -> HttpResponse:
        """Makes a finding of a row that was not as logged."""
        return self._write(self._find)

    def _enter(self) -> Outcome:
        check: Any = self.get_object()
        seen = seen_version(self.request, check)
        body = OutcomesSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        said = {row["number"]: {"outcome": row["outcome"], "note": row["note"]} for row in body.validated_data["rows"]}
        try:
            actions.enter_outcomes(actor=self.request.user, spot_check=check, said=said, seen=seen)
        except ValidationError as refused:
            # By the number of the row; a body has no field of that name.
            texts = [f"{number}: {' '.join(each)}" for number, each in refused.message_dict.items()]
            code = next(iter(refused.error_dict.values()))[0].code
            raise ValidationError({"rows": ValidationError(" ".join(texts), code=code)}) from refused
        changed = self.get_object()
        return Outcome(200, self.get_serializer(changed).data, self._headers(changed))

    def _find(self) -> Outcome:
        check: Any = self.get_object()
        body = RowFindingSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        rows = check.rows.select_related("delivery__line", "delivery__station__unit", "spot_check__contract__place")
        row = rows.filter(number=body.validated_data["number"]).first()
        if row is None:
            message = _("There is no row %(number)d.") % {"number": body.validated_data["number"]}
            raise ValidationError({"number": ValidationError(message, code="unknown_row")})
        finding = actions.open_finding_of_row(
            actor=self.request.user, row=row, due_on=body.validated_data.get("due_on")
        )
        serializer = ServiceFindingSerializer(finding, context=self.get_serializer_context())
        return Outcome(201, serializer.data, self._headers(finding))
