"""What a change of boundaries does to what stations have, in the order in which it is written."""

from stations.reach import places, staff, yearly

__all__ = ["places", "staff", "yearly"]
