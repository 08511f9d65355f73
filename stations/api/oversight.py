"""The collections of features, safety checks, complaints and the facts of a year."""

from __future__ import annotations

from culture_admin.interfaces.viewsets import ScopedViewSet
from stations import actions
from stations.filters import ComplaintFilter, FeatureFilter, SafetyCheckFilter, YearlyFactsFilter
from stations.models import Complaint, Feature, SafetyCheck, YearlyFacts
from stations.serializers import (
    ComplaintSerializer,
    FeatureSerializer,
    SafetyCheckSerializer,
    YearlyFactsSerializer,
)


class OfOneStation(ScopedViewSet):
    """Records of one station, whose verbs ask the matrix themselves."""

    verbs_ask = True
    key_required = True
    joins = ("station__unit", "station__division")


class FeatureViewSet(OfOneStation):
    """One town, one brand: what towns are known for, and who has recognised it."""

    model = Feature
    serializer_class = FeatureSerializer
    filterset_class = FeatureFilter
    create_verb = actions.propose_feature
    change_verb = actions.change_feature
    orders = ("pk", "name")


class SafetyCheckViewSet(OfOneStation):
    """Safety checks of stations; what was not in order has a finding."""

    model = SafetyCheck
    serializer_class = SafetyCheckSerializer
    filterset_class = SafetyCheckFilter
    create_verb = actions.record_safety_check
    orders = ("-checked_on", "pk")

    def rows(self, rows):
        return rows.prefetch_related("items")


class ComplaintViewSet(OfOneStation):
    """Complaints about stations. PATCH enters the answer and the outcome, for the town; the step `answer` gives it."""

    model = Complaint
    serializer_class = ComplaintSerializer
    filterset_class = ComplaintFilter
    create_verb = actions.receive_complaint
    change_verb = actions.answer_complaint
    orders = ("-received_on", "pk")


class YearlyFactsViewSet(OfOneStation):
    """What the national form asks of a station for a year. POST opens a year, PATCH enters its facts; null is not recorded."""

    model = YearlyFacts
    serializer_class = YearlyFactsSerializer
    filterset_class = YearlyFactsFilter
    create_verb = actions.open_facts
    change_verb = actions.enter_facts
    orders = ("-year", "pk")
