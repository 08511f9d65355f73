"""Stations in the bureau's admin: their files, certificates, grades, titles, premises, money and findings."""

from stations.admin import (
    certificates,
    circulars,
    findings,
    meetings,
    money,
    oversight,
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
    "oversight",
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
