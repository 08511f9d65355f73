"""The collections of stations."""

from stations.api.findings import FindingViewSet
from stations.api.premises import FacilityViewSet
from stations.api.registration import CertificateViewSet
from stations.api.standing import GradingViewSet, TitleViewSet
from stations.api.stations import StationViewSet
from stations.api.thresholds import ThresholdViewSet

__all__ = [
    "CertificateViewSet",
    "FacilityViewSet",
    "FindingViewSet",
    "GradingViewSet",
    "StationViewSet",
    "ThresholdViewSet",
    "TitleViewSet",
]
