"""Stewards in the bureau's admin: one file a subject."""

from stewards.admin import credit, firms, postings

__all__ = ["credit", "firms", "postings"]
