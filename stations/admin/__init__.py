"""Stations in the bureau's admin: their files, certificates, grades, titles and premises."""

from stations.admin import premises, registration, standing, stations

__all__ = ["premises", "registration", "standing", "stations"]
