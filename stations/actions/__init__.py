"""The verbs of stations: open one, register it, grade it, enter premises; guide it by meetings, visits and circulars."""

from stations.actions.budgets import propose_budget
from stations.actions.cases import change_case, determine_pay, file_case, file_case_for_person
from stations.actions.certificates import announce_lapse, register_legal_person
from stations.actions.circulars import change_circular, chase_up, draft_circular
from stations.actions.closures import change_closure, file_closure
from stations.actions.complaints import answer_complaint, receive_complaint
from stations.actions.documents import attach_document, note_document, note_documents, remove_document
from stations.actions.features import change_feature, propose_feature
from stations.actions.findings import open_finding
from stations.actions.meetings import agree_follow_up, change_meeting, note_presence, plan_meeting
from stations.actions.off_post import apply_for_title, object_to, record_off_post, report_back
from stations.actions.officers import change_officer, record_officer
from stations.actions.pairings import add_backbone, change_backbone, change_pairing, pair_station
from stations.actions.payments import enter_payment, reverse_payment
from stations.actions.posts import add_post, change_post, end_posting, record_posting
from stations.actions.premises import add_facility, change_facility
from stations.actions.purposes import propose_purpose_change
from stations.actions.registration import (
    assign_codes,
    change_registration,
    open_registration,
    open_registrations,
    read_figures_again,
)
from stations.actions.replies import save_answers, submit_reply
from stations.actions.report_years import open_annual_reports
from stations.actions.reports import change_report, record_adoption, send_report
from stations.actions.safety import record_safety_check
from stations.actions.sanctions import change_sanction, warn_late_reports, warn_station
from stations.actions.spendings import record_spending, reverse_spending
from stations.actions.standing import award_title, grade_station
from stations.actions.stations import change_station, open_station
from stations.actions.thresholds import set_threshold
from stations.actions.trainings import change_training, plan_training, record_attendance
from stations.actions.uses import change_use, record_use
from stations.actions.visits import change_visit, log_visit, plan_visits
from stations.actions.yearly import enter_facts, open_facts, open_year

__all__ = [
    "add_backbone",
    "add_facility",
    "add_post",
    "agree_follow_up",
    "announce_lapse",
    "answer_complaint",
    "apply_for_title",
    "assign_codes",
    "attach_document",
    "award_title",
    "change_backbone",
    "change_case",
    "change_circular",
    "change_closure",
    "change_facility",
    "change_feature",
    "change_meeting",
    "change_officer",
    "change_pairing",
    "change_post",
    "change_registration",
    "change_report",
    "change_sanction",
    "change_station",
    "change_training",
    "change_use",
    "change_visit",
    "chase_up",
    "determine_pay",
    "draft_circular",
    "end_posting",
    "enter_facts",
    "enter_payment",
    "file_case",
    "file_case_for_person",
    "file_closure",
    "grade_station",
    "log_visit",
    "note_document",
    "note_documents",
    "note_presence",
    "object_to",
    "open_annual_reports",
    "open_facts",
    "open_finding",
    "open_registration",
    "open_registrations",
    "open_station",
    "open_year",
    "pair_station",
    "plan_meeting",
    "plan_training",
    "plan_visits",
    "propose_budget",
    "propose_feature",
    "propose_purpose_change",
    "read_figures_again",
    "receive_complaint",
    "record_adoption",
    "record_attendance",
    "record_off_post",
    "record_officer",
    "record_posting",
    "record_safety_check",
    "record_spending",
    "record_use",
    "register_legal_person",
    "remove_document",
    "report_back",
    "reverse_payment",
    "reverse_spending",
    "save_answers",
    "send_report",
    "set_threshold",
    "submit_reply",
    "warn_late_reports",
    "warn_station",
]
