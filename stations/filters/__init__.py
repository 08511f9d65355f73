"""What lists of stations and their files are narrowed by."""

from stations.filters.circulars import AdoptionFilter, CircularFilter, ReplyFilter, ReportFilter
from stations.filters.findings import FindingFilter
from stations.filters.guidance import (
    AttendanceFilter,
    BackboneFilter,
    FollowUpFilter,
    MeetingFilter,
    MeetingPresenceFilter,
    PairingFilter,
    PairingVisitFilter,
    TrainingFilter,
)
from stations.filters.money import (
    AppropriationFilter,
    BudgetFilter,
    InstalmentFilter,
    PurposeChangeFilter,
    SpendingFilter,
)
from stations.filters.officers import (
    OfficerFilter,
    OfficerPostingFilter,
    OffPostFilter,
    OffPostObjectionFilter,
    PersonnelCaseFilter,
    PostFilter,
    TitleApplicationFilter,
)
from stations.filters.oversight import ComplaintFilter, FeatureFilter, SafetyCheckFilter, YearlyFactsFilter
from stations.filters.premises import ClosureFilter, FacilityFilter, OtherUseFilter
from stations.filters.registration import CertificateFilter, RegistrationFilter, SanctionFilter
from stations.filters.standing import GradingFilter, TitleFilter
from stations.filters.stations import StationFilter
from stations.filters.thresholds import ThresholdFilter

__all__ = [
    "AdoptionFilter",
    "AppropriationFilter",
    "AttendanceFilter",
    "BackboneFilter",
    "BudgetFilter",
    "CertificateFilter",
    "CircularFilter",
    "ClosureFilter",
    "ComplaintFilter",
    "FacilityFilter",
    "FeatureFilter",
    "FindingFilter",
    "FollowUpFilter",
    "GradingFilter",
    "InstalmentFilter",
    "MeetingFilter",
    "MeetingPresenceFilter",
    "OffPostFilter",
    "OffPostObjectionFilter",
    "OfficerFilter",
    "OfficerPostingFilter",
    "OtherUseFilter",
    "PairingFilter",
    "PairingVisitFilter",
    "PersonnelCaseFilter",
    "PostFilter",
    "PurposeChangeFilter",
    "RegistrationFilter",
    "ReplyFilter",
    "ReportFilter",
    "SafetyCheckFilter",
    "SanctionFilter",
    "SpendingFilter",
    "StationFilter",
    "ThresholdFilter",
    "TitleApplicationFilter",
    "TitleFilter",
    "TrainingFilter",
    "YearlyFactsFilter",
]
