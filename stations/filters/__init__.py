"""What lists of stations and their files are narrowed by."""

from stations.filters.findings import FindingFilter
from stations.filters.premises import FacilityFilter
from stations.filters.registration import CertificateFilter
from stations.filters.standing import GradingFilter, TitleFilter
from stations.filters.stations import StationFilter
from stations.filters.thresholds import ThresholdFilter

__all__ = [
    "CertificateFilter",
    "FacilityFilter",
    "FindingFilter",
    "GradingFilter",
    "StationFilter",
    "ThresholdFilter",
    "TitleFilter",
]
