"""What lists of stations and their files are narrowed by."""

from stations.filters.findings import FindingFilter
from stations.filters.premises import ClosureFilter, FacilityFilter, OtherUseFilter
from stations.filters.registration import CertificateFilter, RegistrationFilter, SanctionFilter
from stations.filters.standing import GradingFilter, TitleFilter
from stations.filters.stations import StationFilter
from stations.filters.thresholds import ThresholdFilter

__all__ = [
    "CertificateFilter",
    "ClosureFilter",
    "FacilityFilter",
    "FindingFilter",
    "GradingFilter",
    "OtherUseFilter",
    "RegistrationFilter",
    "SanctionFilter",
    "StationFilter",
    "ThresholdFilter",
    "TitleFilter",
]
