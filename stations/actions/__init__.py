"""The verbs of stations: open one, register it as a legal person, grade it, enter titles and premises."""

from stations.actions.budgets import propose_budget
from stations.actions.closures import change_closure, file_closure
from stations.actions.findings import open_finding
from stations.actions.officers import change_officer, record_officer
from stations.actions.payments import enter_payment, reverse_payment
from stations.actions.premises import add_facility, change_facility
from stations.actions.purposes import propose_purpose_change
from stations.actions.registration import register_legal_person
from stations.actions.spendings import record_spending, reverse_spending
from stations.actions.standing import award_title, grade_station
from stations.actions.stations import change_station, open_station
from stations.actions.thresholds import set_threshold
from stations.actions.uses import change_use, record_use

__all__ = [
    "add_facility",
    "award_title",
    "change_closure",
    "change_facility",
    "change_officer",
    "change_station",
    "change_use",
    "enter_payment",
    "file_closure",
    "grade_station",
    "open_finding",
    "open_station",
    "propose_budget",
    "propose_purpose_change",
    "record_officer",
    "record_spending",
    "record_use",
    "register_legal_person",
    "reverse_payment",
    "reverse_spending",
    "set_threshold",
]
