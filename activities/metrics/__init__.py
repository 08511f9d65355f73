"""Numbers of what happens at stations."""

from activities.metrics import activities, courses, ratings, teams, visits, works

__all__ = ["activities", "courses", "ratings", "teams", "visits", "works"]
