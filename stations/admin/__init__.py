"""Stations in the bureau's admin: their files, their standing, premises and findings, and how the bureau guides them."""

from stations.admin import (
    circulars,
    findings,
    meetings,
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
    "pairings",
    "premises",
    "registration",
    "reports",
    "standing",
    "stations",
    "thresholds",
    "trainings",
]
