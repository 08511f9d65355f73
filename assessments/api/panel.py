"""The collections of the panel: who goes where, and what was found on the spot."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.serializers import BaseSerializer

from assessments import actions
from assessments.actions.panels import assessors_of
from assessments.filters import MarkFilter, PanelSeatFilter
from assessments.models import Mark, PanelSeat
from assessments.serializers import MarkSerializer, PanelSeatSerializer
from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.workflow.steps import FLOWS


class PanelSeatViewSet(ScopedViewSet):
    """Who assesses which town on the spot; an assessor sees his own seats."""

    model = PanelSeat
    serializer_class = PanelSeatSerializer
    filterset_class = PanelSeatFilter
    create_verb = actions.appoint_assessor
    verbs_ask = True
    key_required = True
    joins = (
        "assessor",
        "assessment__unit",
        "assessment__division",
        "assessment__cycle__scheme",
        "assessment__cycle__place",
    )

    def enter(self, serializer: BaseSerializer) -> Model:
        """The assessor is named by his username."""
        serializer.is_valid(raise_exception=True)
        said: dict[str, Any] = dict(serializer.validated_data)
        username = said.pop("assessor")["username"]
        assessor = assessors_of(said["assessment"], timezone.localdate()).filter(username=username).first()
        if assessor is None:
            message = _("%(name)s is no assessor of this county.") % {"name": username}
            raise ValidationError({"assessor": ValidationError(message, code="no_assessor")})
        return actions.appoint_assessor(actor=self.request.user, assessor=assessor, **said)

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related(*FLOWS[PanelSeat].fetched)


class MarkViewSet(ScopedViewSet):
    """What assessors found. A mark sent twice with the same `client_uuid` is kept once; PATCH corrects it."""

    model = Mark
    serializer_class = MarkSerializer
    filterset_class = MarkFilter
    create_verb = actions.mark_item
    change_verb = actions.change_mark
    verbs_ask = True
    joins = ("seat__assessment__division", "seat__assessment__unit", "seat__assessment__cycle__scheme")
