"""The steps of what happens to a station's file, and what a decision on each is about."""

from stations.flows import cases, findings, off_post, officers

__all__ = ["cases", "findings", "off_post", "officers"]
