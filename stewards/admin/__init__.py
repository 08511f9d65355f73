"""Stewards in the bureau's admin: one file a subject."""

from stewards.admin import contracts, credit, evaluations, firms, postings, service_findings

__all__ = ["contracts", "credit", "evaluations", "firms", "postings", "service_findings"]
