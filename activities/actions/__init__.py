"""The verbs of activities: plan, log and change one, series, rooms, permits, spot checks, teams, and the bulk forms."""

from activities.actions.bookings import book_room, move_booking
from activities.actions.checks import record_check
from activities.actions.courses import change_course, close_course, log_session, open_course
from activities.actions.logging import change_activity, log_activity
from activities.actions.merging import merge_teams
from activities.actions.permits import record_permit
from activities.actions.planning import log_planned, plan_activity
from activities.actions.roster import add_learner, add_learners, change_learner
from activities.actions.series import change_series, end_series, plan_series
from activities.actions.stars import award_star
from activities.actions.teams import change_team, register_team, register_teams
from activities.actions.works import award_prize, change_work, record_work

__all__ = [
    "add_learner",
    "add_learners",
    "award_prize",
    "award_star",
    "book_room",
    "change_activity",
    "change_course",
    "change_learner",
    "change_series",
    "change_team",
    "change_work",
    "close_course",
    "end_series",
    "log_activity",
    "log_planned",
    "log_session",
    "merge_teams",
    "move_booking",
    "open_course",
    "plan_activity",
    "plan_series",
    "record_check",
    "record_permit",
    "record_work",
    "register_team",
    "register_teams",
]
