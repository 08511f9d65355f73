"""What a row of an activity ledger and of a team register holds, and how stations call its columns."""

from activities.sheets.activities import ACTIVITIES
from activities.sheets.teams import TEAMS

__all__ = ["ACTIVITIES", "TEAMS"]
