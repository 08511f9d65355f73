"""Stewards in the bureau's admin: one file a subject."""

from stewards.admin import contracts, credit, deliveries, duty, firms, orders, postings

__all__ = ["contracts", "credit", "deliveries", "duty", "firms", "orders", "postings"]
