"""Stations in the bureau's admin: their files, certificates, cases, sanctions, grades, titles, premises and findings."""

from stations.admin import (
    certificates,
    circulars,
    findings,
    meetings,
    money,
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
    "certificates",
    "circulars",
    "findings",
    "meetings",
    "money",
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
