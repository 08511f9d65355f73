"""The steps of stewards: one file a subject."""

from stewards.flows import credit

__all__ = ["credit"]
