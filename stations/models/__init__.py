"""Stations: the file of each, its standing as a legal person, its premises, and how the bureau guides it."""

from stations.models.circulars import Circular, CircularForm, Reply
from stations.models.gatherings import Gathering
from stations.models.meetings import FollowUp, Meeting, MeetingPresence
from stations.models.pairings import Backbone, Pairing, PairingVisit, Task
from stations.models.premises import Facility, read_opening_hours
from stations.models.questions import AnswerKind, Question
from stations.models.registration import Certificate
from stations.models.reports import Adoption, Report
from stations.models.standing import Grade, Grading, Title
from stations.models.station import OfStation, Station, StationQuerySet

__all__ = [
    "Adoption",
    "AnswerKind",
    "Backbone",
    "Certificate",
    "Circular",
    "CircularForm",
    "Facility",
    "FollowUp",
    "Gathering",
    "Grade",
    "Grading",
    "Meeting",
    "MeetingPresence",
    "OfStation",
    "Pairing",
    "PairingVisit",
    "Question",
    "Reply",
    "Report",
    "Station",
    "StationQuerySet",
    "Task",
    "Title",
    "read_opening_hours",
]
