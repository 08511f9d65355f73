"""Stewards in the bureau's admin: one file a subject."""

from stewards.admin import contracts, credit, deliveries, duty, evaluations, firms, orders, postings, service_findings

__all__ = [
    "contracts",
    "credit",
    "deliveries",
    "duty",
    "evaluations",
    "firms",
    "orders",
    "postings",
    "service_findings",
]
