"""What a change of boundaries does to what stewards have, in the order in which it is written."""

from stewards.reach import contracts, deliveries, postings, service

__all__ = ["contracts", "deliveries", "postings", "service"]
