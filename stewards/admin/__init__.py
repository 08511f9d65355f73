"""Stewards in the bureau's admin: one file a subject."""

from stewards.admin import firms, postings

__all__ = ["firms", "postings"]
