"""Stations in the bureau's admin: their files, certificates, grades, titles, premises, money and findings."""

from stations.admin import findings, money, premises, registration, standing, stations, thresholds

__all__ = ["findings", "money", "premises", "registration", "standing", "stations", "thresholds"]
