"""What happens at stations, in the bureau's admin."""

from activities.admin import activities, courses, plans, returns, teams, works

__all__ = ["activities", "courses", "plans", "returns", "teams", "works"]
