"""The steps of registration cases and sanctions, and what a decision on each is about."""

from stations.flows import registration, sanctions

__all__ = ["registration", "sanctions"]
