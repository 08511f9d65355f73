"""The collections of stations."""

from stations.api.cases import OffPostObjectionViewSet, OffPostViewSet, PersonnelCaseViewSet, TitleApplicationViewSet
from stations.api.circulars import AdoptionViewSet, CircularViewSet, ReplyViewSet, ReportViewSet
from stations.api.findings import FindingViewSet
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
from stations.api.money import (
    AppropriationViewSet,
    BudgetViewSet,
    InstalmentViewSet,
    PurposeChangeViewSet,
    SpendingViewSet,
)
from stations.api.officers import OfficerPostingViewSet, OfficerViewSet, PostViewSet
from stations.api.oversight import ComplaintViewSet, FeatureViewSet, SafetyCheckViewSet, YearlyFactsViewSet
from stations.api.premises import ClosureViewSet, FacilityViewSet, OtherUseViewSet
from stations.api.registration import CertificateViewSet, RegistrationViewSet, SanctionViewSet
from stations.api.standing import GradingViewSet, TitleViewSet
from stations.api.stations import StationViewSet
from stations.api.thresholds import ThresholdViewSet

__all__ = [
    "AdoptionViewSet",
    "AppropriationViewSet",
    "AttendanceViewSet",
    "BackboneViewSet",
    "BudgetViewSet",
    "CertificateViewSet",
    "CircularViewSet",
    "ClosureViewSet",
    "ComplaintViewSet",
    "FacilityViewSet",
    "FeatureViewSet",
    "FindingViewSet",
    "FollowUpViewSet",
    "GradingViewSet",
    "InstalmentViewSet",
    "MeetingPresenceViewSet",
    "MeetingViewSet",
    "OffPostObjectionViewSet",
    "OffPostViewSet",
    "OfficerPostingViewSet",
    "OfficerViewSet",
    "OtherUseViewSet",
    "PairingViewSet",
    "PairingVisitViewSet",
    "PersonnelCaseViewSet",
    "PostViewSet",
    "PurposeChangeViewSet",
    "RegistrationViewSet",
    "ReplyViewSet",
    "ReportViewSet",
    "SafetyCheckViewSet",
    "SanctionViewSet",
    "SpendingViewSet",
    "StationViewSet",
    "ThresholdViewSet",
    "TitleApplicationViewSet",
    "TitleViewSet",
    "TrainingViewSet",
    "YearlyFactsViewSet",
]
