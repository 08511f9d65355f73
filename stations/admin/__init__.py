"""Stations in the bureau's admin: their files, certificates, cases, sanctions, grades, titles, premises and findings."""

from stations.admin import certificates, findings, premises, registration, sanctions, standing, stations, thresholds

__all__ = [
    "certificates",
    "findings",
    "premises",
    "registration",
    "sanctions",
    "standing",
    "stations",
    "thresholds",
]
