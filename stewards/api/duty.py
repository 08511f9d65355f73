"""The collections of days on duty and of absences."""

from __future__ import annotations

from django.db.models import QuerySet

from culture_admin.interfaces.viewsets import ScopedViewSet
from culture_admin.workflow.steps import FLOWS
from stewards import actions
from stewards.filters import AbsenceFilter, DutyDayFilter
from stewards.models import Absence, DutyDay
from stewards.serializers import AbsenceSerializer, DutyDaySerializer


class DutyDayViewSet(ScopedViewSet):
    """Days on which stewards were there. Only those that the station has confirmed count.

    A day sent twice with the same `client_uuid` is kept once.
    """

    model = DutyDay
    serializer_class = DutyDaySerializer
    filterset_class = DutyDayFilter
    create_verb = actions.log_duty
    change_verb = actions.change_duty
    verbs_ask = True
    joins = ("steward", "station__unit", "station__division", "posting__steward", "posting__station__division")
    orders = ("-day", "-pk")


class AbsenceViewSet(ScopedViewSet):
    """Absences: asked for by a steward or his firm, or noted by the station where somebody stayed away without leave."""

    model = Absence
    serializer_class = AbsenceSerializer
    filterset_class = AbsenceFilter
    create_verb = actions.enter_absence
    verbs_ask = True
    key_required = True
    joins = ("steward", "station__unit", "station__division", "posting")
    orders = ("-first", "-pk")

    def rows(self, rows: QuerySet) -> QuerySet:
        return rows.prefetch_related(*FLOWS[Absence].fetched)
