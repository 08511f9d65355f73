"""What is printed about stations."""

from stations.papers import registration, stations

__all__ = ["registration", "stations"]
