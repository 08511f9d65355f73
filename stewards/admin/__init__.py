"""Stewards in the bureau's admin: one file a subject."""

from stewards.admin import credit, evaluations, firms, postings, service_findings

__all__ = ["credit", "evaluations", "firms", "postings", "service_findings"]
from stewards.admin import contracts, credit, firms, postings

__all__ = ["contracts", "credit", "firms", "postings"]
