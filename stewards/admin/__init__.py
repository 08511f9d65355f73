"""Stewards in the bureau's admin: one file a subject."""

from stewards.admin import contracts, credit, deliveries, firms, postings

__all__ = ["contracts", "credit", "deliveries", "firms", "postings"]
from stewards.admin import contracts, credit, duty, firms, orders, postings

__all__ = ["contracts", "credit", "duty", "firms", "orders", "postings"]
