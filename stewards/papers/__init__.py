"""What is printed of stewards: one file a subject."""

from stewards.papers import acceptance

__all__ = ["acceptance"]
