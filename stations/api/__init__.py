"""The collections of stations."""

from stations.api.circulars import AdoptionViewSet, CircularViewSet, ReplyViewSet, ReportViewSet
from stations.api.guidance import (
    AttendanceViewSet,
    BackboneViewSet,
    FollowUpViewSet,
    MeetingPresenceViewSet,
    MeetingViewSet,
    PairingViewSet,
    PairingVisitViewSet,
    TrainingViewSet,
)
from stations.api.premises import FacilityViewSet
from stations.api.registration import CertificateViewSet
from stations.api.standing import GradingViewSet, TitleViewSet
from stations.api.stations import StationViewSet

__all__ = [
    "AdoptionViewSet",
    "AttendanceViewSet",
    "BackboneViewSet",
    "CertificateViewSet",
    "CircularViewSet",
    "FacilityViewSet",
    "FollowUpViewSet",
    "GradingViewSet",
    "MeetingPresenceViewSet",
    "MeetingViewSet",
    "PairingViewSet",
    "PairingVisitViewSet",
    "ReplyViewSet",
    "ReportViewSet",
    "StationViewSet",
    "TitleViewSet",
    "TrainingViewSet",
]
