"""The verbs of stewards: one file a subject."""

from stewards.actions.absences import note_absence, request_absence
from stewards.actions.duty import change_duty, log_duty
from stewards.actions.firms import add_firm, add_steward
from stewards.actions.orders import agree_order, close_orders, place_order
from stewards.actions.postings import end_posting, hand_over, post_steward, propose_posting, replace_steward

__all__ = [
    "add_firm",
    "add_steward",
    "agree_order",
    "change_duty",
    "close_orders",
    "end_posting",
    "hand_over",
    "log_duty",
    "note_absence",
    "place_order",
    "post_steward",
    "propose_posting",
    "replace_steward",
    "request_absence",
]
