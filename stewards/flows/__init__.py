"""The steps of what is bought and served, and what a decision on each is about."""

from stewards.flows import acceptance, alerts, contracts, evaluations

__all__ = ["acceptance", "alerts", "contracts", "evaluations"]
from stewards.flows import acceptance, alerts, contracts, credit, duty, orders, postings

__all__ = ["acceptance", "alerts", "contracts", "credit", "duty", "orders", "postings"]
from stewards.flows import acceptance, alerts, contracts, credit, duty, evaluations, orders, postings

__all__ = ["acceptance", "alerts", "contracts", "credit", "duty", "evaluations", "orders", "postings"]
