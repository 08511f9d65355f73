"""The steps of what is done with stations, and what a decision on each is about."""

from stations.flows import (
    budgets,
    cases,
    circulars,
    closures,
    findings,
    meetings,
    off_post,
    officers,
    purposes,
    registration,
    reports,
    sanctions,
    trainings,
    visits,
)

__all__ = [
    "budgets",
    "cases",
    "circulars",
    "closures",
    "findings",
    "meetings",
    "off_post",
    "officers",
    "purposes",
    "registration",
    "reports",
    "sanctions",
    "trainings",
    "visits",
]
