"""The collections of a station's month: visits in free opening, monthly returns."""

from __future__ import annotations

from activities.actions import months, visits
from activities.filters import MonthlyReturnFilter, OpeningVisitsFilter
from activities.models import MonthlyReturn, OpeningVisits
from activities.serializers import MonthlyReturnSerializer, OpeningVisitsSerializer
from culture_admin.interfaces.viewsets import ScopedViewSet


class OpeningVisitsViewSet(ScopedViewSet):
    """Visits in free opening, one row for each station and day. A second row of a day is a 409 with the id of the first."""

    model = OpeningVisits
    serializer_class = OpeningVisitsSerializer
    filterset_class = OpeningVisitsFilter
    create_verb = visits.record_visits
    change_verb = visits.change_visits
    verbs_ask = True
    joins = ("station__unit", "station__division")
    orders = ("-on", "-pk")


class MonthlyReturnViewSet(ScopedViewSet):
    """Monthly returns: the figures are those of the logs, confirmed by the station head, closed by the bureau."""

    model = MonthlyReturn
    serializer_class = MonthlyReturnSerializer
    filterset_class = MonthlyReturnFilter
    create_verb = months.open_return
    verbs_ask = True
    joins = ("station__unit", "station__division")
    orders = ("-month", "-pk")
