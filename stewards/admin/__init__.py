"""Stewards in the bureau's admin: one file a subject."""

from stewards.admin import acceptance, contracts, credit, firms, money, postings

__all__ = ["acceptance", "contracts", "credit", "firms", "money", "postings"]
