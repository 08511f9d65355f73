"""The steps of what is bought and served, and what a decision on each is about."""

from stewards.flows import contracts, credit

__all__ = ["contracts", "credit"]
