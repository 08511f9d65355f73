"""The collections of stations."""

from stations.api.findings import FindingViewSet
from stations.api.money import (
    AppropriationViewSet,
    BudgetViewSet,
    InstalmentViewSet,
    PurposeChangeViewSet,
    SpendingViewSet,
)
from stations.api.premises import ClosureViewSet, FacilityViewSet, OtherUseViewSet
from stations.api.registration import CertificateViewSet
from stations.api.standing import GradingViewSet, TitleViewSet
from stations.api.stations import StationViewSet
from stations.api.thresholds import ThresholdViewSet

__all__ = [
    "AppropriationViewSet",
    "BudgetViewSet",
    "CertificateViewSet",
    "ClosureViewSet",
    "FacilityViewSet",
    "FindingViewSet",
    "GradingViewSet",
    "InstalmentViewSet",
    "OtherUseViewSet",
    "PurposeChangeViewSet",
    "SpendingViewSet",
    "StationViewSet",
    "ThresholdViewSet",
    "TitleViewSet",
]
