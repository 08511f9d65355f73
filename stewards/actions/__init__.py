"""The verbs of stewards: one file a subject."""

from stewards.actions.acceptance import change_acceptance, draw_up
from stewards.actions.contract_payments import pay_contract, reverse_contract_payment
from stewards.actions.contracts import change_contract, draft_contract, set_lines, set_terms
from stewards.actions.deductions import propose_deduction
from stewards.actions.evaluated import (
    change_evaluation_item,
    claim_evaluation,
    claim_item,
    review_evaluation,
    review_item,
)
from stewards.actions.evaluations import open_evaluation
from stewards.actions.firms import add_firm, add_steward
from stewards.actions.postings import end_posting, post_steward
from stewards.actions.ratings import change_rating, rate_service
from stewards.actions.service_findings import open_finding_of_row, open_service_finding
from stewards.actions.signing import note_filing, propose_supplement, renew_contract, sign_contract
from stewards.actions.spot_checks import draw_spot_check, enter_outcomes
from stewards.actions.standings import compute_standings, exit_rule

__all__ = [
    "add_firm",
    "add_steward",
    "change_acceptance",
    "change_contract",
    "change_evaluation_item",
    "change_rating",
    "claim_evaluation",
    "claim_item",
    "compute_standings",
    "draft_contract",
    "draw_spot_check",
    "draw_up",
    "end_posting",
    "enter_outcomes",
    "exit_rule",
    "note_filing",
    "open_evaluation",
    "open_finding_of_row",
    "open_service_finding",
    "pay_contract",
    "post_steward",
    "propose_deduction",
    "propose_supplement",
    "rate_service",
    "renew_contract",
    "reverse_contract_payment",
    "review_evaluation",
    "review_item",
    "set_lines",
    "set_terms",
    "sign_contract",
]
