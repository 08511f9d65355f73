"""Stations: the file of each, its standing as a legal person, its staff, grades, titles and premises."""

from stations.models.findings import Finding
from stations.models.officers import Officer, OfficerData
from stations.models.posts import OfficerPosting, Post
from stations.models.premises import Facility, read_opening_hours
from stations.models.registration import Certificate
from stations.models.standing import Grade, Grading, Title
from stations.models.station import OfStation, Station, StationQuerySet
from stations.models.thresholds import Threshold, threshold

__all__ = [
    "Certificate",
    "Facility",
    "Finding",
    "Grade",
    "Grading",
    "OfStation",
    "Officer",
    "OfficerData",
    "OfficerPosting",
    "Post",
    "Station",
    "StationQuerySet",
    "Threshold",
    "Title",
    "read_opening_hours",
    "threshold",
]
