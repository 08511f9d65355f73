"""Stewards in the bureau's admin: one file a subject."""

from stewards.admin import contracts, credit, firms, lines, postings

__all__ = ["contracts", "credit", "firms", "lines", "postings"]
