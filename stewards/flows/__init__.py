"""The steps of stewards: one file a subject."""

from stewards.flows import credit

__all__ = ["credit"]
"""The steps of what is bought and served, and what a decision on each is about."""

from stewards.flows import contracts

__all__ = ["contracts"]
