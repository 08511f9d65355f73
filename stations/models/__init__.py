"""Stations: the file of each, its standing as a legal person, its staff, grades and titles, its premises and its money."""

from stations.models.budgets import Budget, BudgetLine, Instalment
from stations.models.certificate import Certificate, CertificateStanding
from stations.models.closures import Closure
from stations.models.documents import RegistrationDocument
from stations.models.findings import Finding
from stations.models.hours import Week, read_opening_hours
from stations.models.legal_person import LegalStanding, with_legal_standing
from stations.models.money import Appropriation, PurposeChange, Spending
from stations.models.officers import Officer, OfficerData
from stations.models.posts import OfficerPosting, Post
from stations.models.premises import Facility, OpeningWeek, OtherUse
from stations.models.purposes import Purpose
from stations.models.registration import Registration
from stations.models.reports import AnnualReport
from stations.models.sanctions import Sanction
from stations.models.standing import Grade, Grading, Title
from stations.models.station import OfStation, Station, StationQuerySet
from stations.models.thresholds import Threshold, threshold

__all__ = [
    "AnnualReport",
    "Appropriation",
    "Budget",
    "BudgetLine",
    "Certificate",
    "CertificateStanding",
    "Closure",
    "Facility",
    "Finding",
    "Grade",
    "Grading",
    "Instalment",
    "LegalStanding",
    "OfStation",
    "Officer",
    "OfficerData",
    "OfficerPosting",
    "OpeningWeek",
    "OtherUse",
    "Post",
    "Purpose",
    "PurposeChange",
    "Registration",
    "RegistrationDocument",
    "Sanction",
    "Spending",
    "Station",
    "StationQuerySet",
    "Threshold",
    "Title",
    "Week",
    "read_opening_hours",
    "threshold",
    "with_legal_standing",
]
