"""The steps of what happens to a station's file, and what a decision on each is about."""

from stations.flows import budgets, closures, findings, purposes, registration, sanctions

__all__ = ["budgets", "closures", "findings", "purposes", "registration", "sanctions"]
