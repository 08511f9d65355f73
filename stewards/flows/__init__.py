"""The steps of what is done with stewards: one file a subject."""

from stewards.flows import duty, orders, postings

__all__ = ["duty", "orders", "postings"]
