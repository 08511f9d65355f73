"""The steps of what is bought and served, and what a decision on each is about."""

from stewards.flows import alerts, contracts

__all__ = ["alerts", "contracts"]
from stewards.flows import acceptance

__all__ = ["acceptance", "contracts"]
