"""Stewards in the bureau's admin: one file a subject."""

from stewards.admin import (
    acceptance,
    contracts,
    credit,
    deliveries,
    duty,
    evaluations,
    firms,
    lines,
    money,
    orders,
    postings,
    service_findings,
)

__all__ = [
    "acceptance",
    "contracts",
    "credit",
    "deliveries",
    "duty",
    "evaluations",
    "firms",
    "lines",
    "money",
    "orders",
    "postings",
    "service_findings",
]
