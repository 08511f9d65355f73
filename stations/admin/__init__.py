"""Stations in the bureau's admin: their files, certificates, cases, sanctions, grades, titles, premises and findings."""

from stations.admin import (
    cases,
    certificates,
    circulars,
    findings,
    meetings,
    money,
    officers,
    pairings,
    premises,
    registration,
    reports,
    sanctions,
    standing,
    stations,
    thresholds,
    trainings,
)

__all__ = [
    "cases",
    "certificates",
    "circulars",
    "findings",
    "meetings",
    "money",
    "officers",
    "pairings",
    "premises",
    "registration",
    "reports",
    "sanctions",
    "standing",
    "stations",
    "thresholds",
    "trainings",
]
