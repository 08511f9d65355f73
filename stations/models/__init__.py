"""Stations: the file of each, its standing as a legal person, its staff, grades and titles, its premises and its money."""

from stations.models.budgets import Budget, BudgetLine, Instalment
from stations.models.closures import Closure
from stations.models.findings import Finding
from stations.models.hours import Week, read_opening_hours
from stations.models.money import Appropriation, PurposeChange, Spending
from stations.models.officers import Officer, OfficerData
from stations.models.posts import OfficerPosting, Post
from stations.models.premises import Facility, OpeningWeek, OtherUse
from stations.models.purposes import Purpose
from stations.models.registration import Certificate
from stations.models.standing import Grade, Grading, Title
from stations.models.station import OfStation, Station, StationQuerySet
from stations.models.thresholds import Threshold, threshold

__all__ = [
    "Appropriation",
    "Budget",
    "BudgetLine",
    "Certificate",
    "Closure",
    "Facility",
    "Finding",
    "Grade",
    "Grading",
    "Instalment",
    "OfStation",
    "Officer",
    "OfficerData",
    "OfficerPosting",
    "OpeningWeek",
    "OtherUse",
    "Post",
    "Purpose",
    "PurposeChange",
    "Spending",
    "Station",
    "StationQuerySet",
    "Threshold",
    "Title",
    "Week",
    "read_opening_hours",
    "threshold",
]
