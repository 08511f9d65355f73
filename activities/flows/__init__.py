"""The steps of what happens at stations, and what a decision on each is about."""

from activities.flows import activities, bookings, courses, returns, teams, works
from activities.flows.activities import activity_content

__all__ = ["activities", "activity_content", "bookings", "courses", "returns", "teams", "works"]
