"""Stations: the file of each, its standing as a legal person, its staff and premises, and how the bureau guides it."""

from stations.models.circulars import Circular, CircularForm, Reply
from stations.models.findings import Finding
from stations.models.gatherings import Gathering
from stations.models.meetings import FollowUp, Meeting, MeetingPresence
from stations.models.officers import Officer, OfficerData
from stations.models.pairings import Backbone, Pairing, PairingVisit, Task
from stations.models.posts import OfficerPosting, Post
from stations.models.premises import Facility, read_opening_hours
from stations.models.questions import AnswerKind, Question
from stations.models.registration import Certificate
from stations.models.reports import Adoption, Report
from stations.models.standing import Grade, Grading, Title
from stations.models.station import OfStation, Station, StationQuerySet
from stations.models.thresholds import Threshold, threshold
from stations.models.trainings import Attendance, Training

__all__ = [
    "Adoption",
    "AnswerKind",
    "Attendance",
    "Backbone",
    "Certificate",
    "Circular",
    "CircularForm",
    "Facility",
    "Finding",
    "FollowUp",
    "Gathering",
    "Grade",
    "Grading",
    "Meeting",
    "MeetingPresence",
    "OfStation",
    "Officer",
    "OfficerData",
    "OfficerPosting",
    "Pairing",
    "PairingVisit",
    "Post",
    "Question",
    "Reply",
    "Report",
    "Station",
    "StationQuerySet",
    "Task",
    "Threshold",
    "Title",
    "Training",
    "read_opening_hours",
    "threshold",
]
