"""Stations in the bureau's admin: their files, certificates, grades, titles, premises, staff and findings."""

from stations.admin import cases, findings, officers, premises, registration, standing, stations, thresholds

__all__ = ["cases", "findings", "officers", "premises", "registration", "standing", "stations", "thresholds"]
