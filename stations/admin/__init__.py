"""Stations in the bureau's admin: their files, certificates, grades, titles, premises, money and findings."""

from stations.admin import (
    circulars,
    findings,
    meetings,
    money,
    pairings,
    premises,
    registration,
    reports,
    standing,
    stations,
    thresholds,
    trainings,
)

__all__ = [
    "circulars",
    "findings",
    "meetings",
    "money",
    "pairings",
    "premises",
    "registration",
    "reports",
    "standing",
    "stations",
    "thresholds",
    "trainings",
]
