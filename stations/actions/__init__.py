"""The verbs of stations: open one, register it as a legal person, grade it, enter titles and premises."""

from stations.actions.cases import assign_codes, change_registration, open_registration, open_registrations
from stations.actions.certificates import announce_lapse, register_legal_person
from stations.actions.papers import attach_paper, note_paper, note_papers, remove_paper
from stations.actions.premises import add_facility, change_facility
from stations.actions.report_year import open_annual_reports
from stations.actions.sanctions import change_sanction, warn_late_reports, warn_station
from stations.actions.standing import award_title, grade_station
from stations.actions.stations import change_station, open_station

__all__ = [
    "add_facility",
    "announce_lapse",
    "assign_codes",
    "attach_paper",
    "award_title",
    "change_facility",
    "change_registration",
    "change_sanction",
    "change_station",
    "grade_station",
    "note_paper",
    "note_papers",
    "open_annual_reports",
    "open_registration",
    "open_registrations",
    "open_station",
    "register_legal_person",
    "remove_paper",
    "warn_late_reports",
    "warn_station",
]
