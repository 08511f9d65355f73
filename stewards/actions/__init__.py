"""The verbs of stewards: one file a subject."""

from stewards.actions.firms import add_firm, add_steward
from stewards.actions.postings import end_posting, post_steward

__all__ = ["add_firm", "add_steward", "end_posting", "post_steward"]
