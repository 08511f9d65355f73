"""The collections of stations."""

from stations.api.premises import FacilityViewSet
from stations.api.registration import CertificateViewSet
from stations.api.standing import GradingViewSet, TitleViewSet
from stations.api.stations import StationViewSet

__all__ = ["CertificateViewSet", "FacilityViewSet", "GradingViewSet", "StationViewSet", "TitleViewSet"]
