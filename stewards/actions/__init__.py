"""The verbs of stewards: one file a subject."""

from stewards.actions.credit import add_qualification, barred, record_penalty
from stewards.actions.firms import (
    add_firm,
    add_pool_member,
    add_steward,
    change_firm,
    change_pool_member,
    change_steward,
)
from stewards.actions.postings import end_posting, post_steward

__all__ = [
    "add_firm",
    "add_pool_member",
    "add_qualification",
    "add_steward",
    "barred",
    "change_firm",
    "change_pool_member",
    "change_steward",
    "end_posting",
    "post_steward",
    "record_penalty",
]
