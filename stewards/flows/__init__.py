"""The steps of what is bought and served, and what a decision on each is about."""

from stewards.flows import contracts, duty, orders, postings

__all__ = ["contracts", "duty", "orders", "postings"]
from stewards.flows import alerts

__all__ = ["alerts", "contracts"]
from stewards.flows import acceptance

__all__ = ["acceptance", "contracts"]
from stewards.flows import credit

__all__ = ["contracts", "credit"]
