"""Stations: the file of each, its standing as a legal person, its staff, grades, titles and premises."""

from stations.models.cases import CasePay, PersonnelCase
from stations.models.findings import Finding
from stations.models.off_post import OffPost, OffPostObjection, TitleApplication
from stations.models.officers import Officer, OfficerData
from stations.models.posts import OfficerPosting, Post
from stations.models.premises import Facility, read_opening_hours
from stations.models.registration import Certificate
from stations.models.standing import Grade, Grading, Title
from stations.models.station import OfStation, Station, StationQuerySet
from stations.models.thresholds import Threshold, threshold

__all__ = [
    "CasePay",
    "Certificate",
    "Facility",
    "Finding",
    "Grade",
    "Grading",
    "OfStation",
    "OffPost",
    "OffPostObjection",
    "Officer",
    "OfficerData",
    "OfficerPosting",
    "PersonnelCase",
    "Post",
    "Station",
    "StationQuerySet",
    "Threshold",
    "Title",
    "TitleApplication",
    "read_opening_hours",
    "threshold",
]
