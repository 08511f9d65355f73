"""Numbers of stewards, and the steward and the firm as dimensions of other numbers."""

from stewards.metrics import postings
from stewards.metrics.postings import FIRM, STEWARD

__all__ = ["FIRM", "STEWARD", "postings"]
