"""Numbers of stewards, and the steward, the firm and the contract as dimensions of other numbers."""

from stewards.metrics import duty, postings
from stewards.metrics.postings import FIRM, STEWARD, of_contract

__all__ = ["FIRM", "STEWARD", "duty", "of_contract", "postings"]
