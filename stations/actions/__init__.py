"""The verbs of stations: open one, register it as a legal person, grade it, enter titles and premises."""

from stations.actions.budgets import propose_budget
from stations.actions.certificates import announce_lapse, register_legal_person
from stations.actions.closures import change_closure, file_closure
from stations.actions.documents import attach_document, note_document, note_documents, remove_document
from stations.actions.findings import open_finding
from stations.actions.officers import change_officer, record_officer
from stations.actions.payments import enter_payment, reverse_payment
from stations.actions.premises import add_facility, change_facility
from stations.actions.purposes import propose_purpose_change
from stations.actions.registration import assign_codes, change_registration, open_registration, open_registrations
from stations.actions.report_year import open_annual_reports
from stations.actions.sanctions import change_sanction, warn_late_reports, warn_station
from stations.actions.spendings import record_spending, reverse_spending
from stations.actions.standing import award_title, grade_station
from stations.actions.stations import change_station, open_station
from stations.actions.thresholds import set_threshold
from stations.actions.uses import change_use, record_use

__all__ = [
    "add_facility",
    "announce_lapse",
    "assign_codes",
    "attach_document",
    "award_title",
    "change_closure",
    "change_facility",
    "change_officer",
    "change_registration",
    "change_sanction",
    "change_station",
    "change_use",
    "enter_payment",
    "file_closure",
    "grade_station",
    "note_document",
    "note_documents",
    "open_annual_reports",
    "open_finding",
    "open_registration",
    "open_registrations",
    "open_station",
    "propose_budget",
    "propose_purpose_change",
    "record_officer",
    "record_spending",
    "record_use",
    "register_legal_person",
    "remove_document",
    "reverse_payment",
    "reverse_spending",
    "set_threshold",
    "warn_late_reports",
    "warn_station",
]
