"""The steps of what happens to a station's file, and what a decision on each is about."""

from stations.flows import closures, findings

__all__ = ["closures", "findings"]
