"""The collections of stations."""

from stations.api.cases import (
    OffPostObjectionViewSet,
    OffPostViewSet,
    PersonnelCaseViewSet,
    TitleApplicationViewSet,
)
from stations.api.findings import FindingViewSet
from stations.api.officers import OfficerPostingViewSet, OfficerViewSet, PostViewSet
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
    "OffPostObjectionViewSet",
    "OffPostViewSet",
    "OfficerPostingViewSet",
    "OfficerViewSet",
    "PersonnelCaseViewSet",
    "PostViewSet",
    "StationViewSet",
    "ThresholdViewSet",
    "TitleApplicationViewSet",
    "TitleViewSet",
]
