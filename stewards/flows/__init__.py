"""The steps of stewards: one file a subject."""

from stewards.flows import alerts

__all__ = ["alerts"]
