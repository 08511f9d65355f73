"""What happens at stations, in the bureau's admin."""

from activities.admin import activities, courses, plans, teams, works

__all__ = ["activities", "courses", "plans", "teams", "works"]
