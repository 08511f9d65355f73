"""The steps of what is done with stations, and what a decision on each is about."""

from stations.flows import (
    budgets,
    circulars,
    closures,
    findings,
    meetings,
    purposes,
    registration,
    reports,
    sanctions,
    trainings,
    visits,
)

__all__ = [
    "budgets",
    "circulars",
    "closures",
    "findings",
    "meetings",
    "purposes",
    "registration",
    "reports",
    "sanctions",
    "trainings",
    "visits",
]
