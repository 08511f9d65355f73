"""The collections of the yearly assessment."""

from assessments.api.outcomes import AwardPaymentViewSet, AwardViewSet, ObjectionViewSet, RecheckViewSet
from assessments.api.panel import MarkViewSet, PanelSeatViewSet
from assessments.api.results import ComputationViewSet, IndicatorScoreViewSet, ResultViewSet
from assessments.api.towns import AssessmentViewSet, EvidenceViewSet, ItemViewSet
from assessments.api.years import CycleViewSet

__all__ = [
    "AssessmentViewSet",
    "AwardPaymentViewSet",
    "AwardViewSet",
    "ComputationViewSet",
    "CycleViewSet",
    "EvidenceViewSet",
    "IndicatorScoreViewSet",
    "ItemViewSet",
    "MarkViewSet",
    "ObjectionViewSet",
    "PanelSeatViewSet",
    "RecheckViewSet",
    "ResultViewSet",
]
