"""The verbs of the yearly assessment."""

from assessments.actions.awards import pay_award, plan_recheck, reverse_award_payment
from assessments.actions.cycles import adopt_edition, change_cycle, draft_cycle, take_interim
from assessments.actions.items import (
    change_item,
    claim_item,
    claim_items,
    review_item,
    review_items,
    show_evidence,
    withdraw_evidence,
)
from assessments.actions.objections import object_to
from assessments.actions.panels import appoint_assessor, change_mark, mark_item

__all__ = [
    "adopt_edition",
    "appoint_assessor",
    "change_cycle",
    "change_item",
    "change_mark",
    "claim_item",
    "claim_items",
    "draft_cycle",
    "mark_item",
    "object_to",
    "pay_award",
    "plan_recheck",
    "reverse_award_payment",
    "review_item",
    "review_items",
    "show_evidence",
    "take_interim",
    "withdraw_evidence",
]
