"""The steps of what is bought and served, and what a decision on each is about."""

from stewards.flows import acceptance, alerts, contracts, duty, orders, postings

__all__ = ["acceptance", "alerts", "contracts", "duty", "orders", "postings"]
