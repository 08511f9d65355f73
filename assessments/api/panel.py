"""The collections of the panel: who goes where, and what was found on the spot."""

from __future__ import annotations

from django.db.models import QuerySet

from assessments import actions
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
