"""The verbs of stewards: one file a subject."""

from stewards.actions.acceptance import change_acceptance, draw_up
from stewards.actions.contract_payments import pay_contract, reverse_contract_payment
from stewards.actions.contracts import change_contract, draft_contract, set_lines, set_terms
from stewards.actions.credit import add_qualification, barred, record_penalty
from stewards.actions.deductions import propose_deduction
from stewards.actions.firms import (
    add_firm,
    add_pool_member,
    add_steward,
    change_firm,
    change_pool_member,
    change_steward,
)
from stewards.actions.postings import end_posting, post_steward
from stewards.actions.signing import note_award, note_filing, propose_supplement, renew_contract, sign_contract

__all__ = [
    "add_firm",
    "add_pool_member",
    "add_qualification",
    "add_steward",
    "barred",
    "change_acceptance",
    "change_contract",
    "change_firm",
    "change_pool_member",
    "change_steward",
    "draft_contract",
    "draw_up",
    "end_posting",
    "note_award",
    "note_filing",
    "pay_contract",
    "post_steward",
    "propose_deduction",
    "propose_supplement",
    "record_penalty",
    "renew_contract",
    "reverse_contract_payment",
    "set_lines",
    "set_terms",
    "sign_contract",
]
