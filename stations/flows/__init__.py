"""The steps of what is done with stations, and what a decision on each is about."""

from stations.flows import circulars, findings, meetings, reports, trainings, visits

__all__ = ["circulars", "findings", "meetings", "reports", "trainings", "visits"]
