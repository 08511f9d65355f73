"""Stewards in the bureau's admin: one file a subject."""

from stewards.admin import credit, evaluations, firms, postings, service_findings

__all__ = ["credit", "evaluations", "firms", "postings", "service_findings"]
