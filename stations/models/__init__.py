"""Stations: the file of each, its standing as a legal person, its grades, titles and premises."""

from stations.models.closures import Closure
from stations.models.findings import Finding
from stations.models.hours import Week, read_opening_hours
from stations.models.premises import Facility, OpeningWeek, OtherUse
from stations.models.registration import Certificate
from stations.models.standing import Grade, Grading, Title
from stations.models.station import OfStation, Station, StationQuerySet
from stations.models.thresholds import Threshold, threshold

__all__ = [
    "Certificate",
    "Closure",
    "Facility",
    "Finding",
    "Grade",
    "Grading",
    "OfStation",
    "OpeningWeek",
    "OtherUse",
    "Station",
    "StationQuerySet",
    "Threshold",
    "Title",
    "Week",
    "read_opening_hours",
    "threshold",
]
