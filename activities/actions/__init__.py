"""The verbs of activities: log and change an activity, register a team, and the bulk forms for ledgers."""

from activities.actions.logging import change_activity, log_activity
from activities.actions.teams import change_team, register_team

__all__ = ["change_activity", "change_team", "log_activity", "register_team"]
