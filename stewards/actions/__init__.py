"""The verbs of stewards: one file a subject."""

from stewards.actions.absences import enter_absence, note_absence, request_absence
from stewards.actions.acceptance import change_acceptance, draw_up
from stewards.actions.contract_payments import pay_contract, reverse_contract_payment
from stewards.actions.contracts import change_contract, draft_contract, set_lines, set_terms
from stewards.actions.deductions import propose_deduction
from stewards.actions.duty import change_duty, log_duty
from stewards.actions.firms import add_firm, add_steward
from stewards.actions.orders import agree_order, place_order
from stewards.actions.postings import (
    end_posting,
    enter_posting,
    hand_over,
    post_steward,
    propose_posting,
    replace_steward,
)
from stewards.actions.signing import note_filing, propose_supplement, renew_contract, sign_contract

__all__ = [
    "add_firm",
    "add_steward",
    "agree_order",
    "change_acceptance",
    "change_contract",
    "change_duty",
    "draft_contract",
    "draw_up",
    "end_posting",
    "enter_absence",
    "enter_posting",
    "hand_over",
    "log_duty",
    "note_absence",
    "note_filing",
    "pay_contract",
    "place_order",
    "post_steward",
    "propose_deduction",
    "propose_posting",
    "propose_supplement",
    "renew_contract",
    "replace_steward",
    "request_absence",
    "reverse_contract_payment",
    "set_lines",
    "set_terms",
    "sign_contract",
]
