"""The collections of stations."""

from stations.api.findings import FindingViewSet
from stations.api.premises import ClosureViewSet, FacilityViewSet, OtherUseViewSet
from stations.api.registration import CertificateViewSet, RegistrationViewSet, SanctionViewSet
from stations.api.standing import GradingViewSet, TitleViewSet
from stations.api.stations import StationViewSet
from stations.api.thresholds import ThresholdViewSet

__all__ = [
    "CertificateViewSet",
    "ClosureViewSet",
    "FacilityViewSet",
    "FindingViewSet",
    "GradingViewSet",
    "OtherUseViewSet",
    "RegistrationViewSet",
    "SanctionViewSet",
    "StationViewSet",
    "ThresholdViewSet",
    "TitleViewSet",
]
