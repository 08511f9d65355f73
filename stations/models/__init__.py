"""Stations: the file of each, its standing as a legal person, its grades, titles and premises."""

from stations.models.certificate import Certificate, CertificateStanding
from stations.models.legal_person import LegalStanding, with_legal_standing
from stations.models.papers import RegistrationPaper, RegistrationRound
from stations.models.premises import Facility, read_opening_hours
from stations.models.registration import Registration
from stations.models.reports import AnnualReport
from stations.models.sanctions import Sanction
from stations.models.standing import Grade, Grading, Title
from stations.models.station import OfStation, Station, StationQuerySet

__all__ = [
    "AnnualReport",
    "Certificate",
    "CertificateStanding",
    "Facility",
    "Grade",
    "Grading",
    "LegalStanding",
    "OfStation",
    "Registration",
    "RegistrationPaper",
    "RegistrationRound",
    "Sanction",
    "Station",
    "StationQuerySet",
    "Title",
    "read_opening_hours",
    "with_legal_standing",
]
