"""Stations: the file of each, its standing as a legal person, its staff, grades and titles, its premises and its money."""

from stations.models.annual_reports import AnnualReport
from stations.models.budgets import Budget, BudgetLine, Instalment
from stations.models.cases import CasePay, PersonnelCase
from stations.models.certificate import Certificate, CertificateStanding
from stations.models.circulars import Circular, CircularForm, Reply
from stations.models.closures import Closure
from stations.models.complaints import Complaint, ComplaintData
from stations.models.documents import RegistrationDocument
from stations.models.features import Feature
from stations.models.findings import Finding
from stations.models.gatherings import Gathering
from stations.models.hours import Week, read_opening_hours
from stations.models.legal_person import LegalStanding, with_legal_standing
from stations.models.meetings import FollowUp, Meeting, MeetingPresence
from stations.models.money import Appropriation, PurposeChange, Spending
from stations.models.off_post import OffPost, OffPostObjection, TitleApplication
from stations.models.officers import Officer, OfficerData
from stations.models.pairings import Backbone, Pairing, PairingVisit, Task
from stations.models.posts import OfficerPosting, Post
from stations.models.premises import Facility, OpeningWeek, OtherUse
from stations.models.purposes import Purpose
from stations.models.questions import AnswerKind, Question
from stations.models.registration import Registration
from stations.models.reports import Adoption, Report
from stations.models.safety import SafetyCheck, SafetyItem
from stations.models.sanctions import Sanction
from stations.models.standing import Grade, Grading, Title
from stations.models.station import OfStation, Station, StationQuerySet
from stations.models.thresholds import Threshold, threshold
from stations.models.trainings import Attendance, Training
from stations.models.yearly import YearlyFacts

__all__ = [
    "Adoption",
    "AnnualReport",
    "AnswerKind",
    "Appropriation",
    "Attendance",
    "Backbone",
    "Budget",
    "BudgetLine",
    "CasePay",
    "Certificate",
    "CertificateStanding",
    "Circular",
    "CircularForm",
    "Closure",
    "Complaint",
    "ComplaintData",
    "Facility",
    "Feature",
    "Finding",
    "FollowUp",
    "Gathering",
    "Grade",
    "Grading",
    "Instalment",
    "LegalStanding",
    "Meeting",
    "MeetingPresence",
    "OfStation",
    "OffPost",
    "OffPostObjection",
    "Officer",
    "OfficerData",
    "OfficerPosting",
    "OpeningWeek",
    "OtherUse",
    "Pairing",
    "PairingVisit",
    "PersonnelCase",
    "Post",
    "Purpose",
    "PurposeChange",
    "Question",
    "Registration",
    "RegistrationDocument",
    "Reply",
    "Report",
    "SafetyCheck",
    "SafetyItem",
    "Sanction",
    "Spending",
    "Station",
    "StationQuerySet",
    "Task",
    "Threshold",
    "Title",
    "TitleApplication",
    "Training",
    "Week",
    "YearlyFacts",
    "read_opening_hours",
    "threshold",
    "with_legal_standing",
]
