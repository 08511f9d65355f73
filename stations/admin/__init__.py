"""Stations in the bureau's admin: their files, certificates, grades, titles, premises and findings."""

from stations.admin import findings, premises, registration, standing, stations, thresholds

__all__ = ["findings", "premises", "registration", "standing", "stations", "thresholds"]
