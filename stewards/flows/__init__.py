"""The steps of what is bought and served, and what a decision on each is about."""

from stewards.flows import acceptance, alerts, contracts, credit, duty, evaluations, orders, postings

__all__ = ["acceptance", "alerts", "contracts", "credit", "duty", "evaluations", "orders", "postings"]
