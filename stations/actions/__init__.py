"""The verbs of stations: open one, register it as a legal person, grade it, enter titles and premises."""

from stations.actions.cases import change_case, determine_pay, file_case, file_case_for_person
from stations.actions.findings import open_finding
from stations.actions.off_post import apply_for_title, object_to, record_off_post, report_back
from stations.actions.officers import change_officer, record_officer
from stations.actions.posts import add_post, change_post, end_posting, record_posting
from stations.actions.premises import add_facility, change_facility
from stations.actions.registration import register_legal_person
from stations.actions.standing import award_title, grade_station
from stations.actions.stations import change_station, open_station
from stations.actions.thresholds import set_threshold

__all__ = [
    "add_facility",
    "add_post",
    "apply_for_title",
    "award_title",
    "change_case",
    "change_facility",
    "change_officer",
    "change_post",
    "change_station",
    "determine_pay",
    "end_posting",
    "file_case",
    "file_case_for_person",
    "grade_station",
    "object_to",
    "open_finding",
    "open_station",
    "record_off_post",
    "record_officer",
    "record_posting",
    "register_legal_person",
    "report_back",
    "set_threshold",
]
