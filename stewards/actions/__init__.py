"""The verbs of stewards: one file a subject."""

from stewards.actions.absences import enter_absence, note_absence, request_absence
from stewards.actions.acceptance import change_acceptance, draw_up
from stewards.actions.contract_payments import pay_contract, reverse_contract_payment
from stewards.actions.contracts import change_contract, draft_contract, set_lines, set_terms
from stewards.actions.credit import add_qualification, barred, record_penalty
from stewards.actions.deductions import propose_deduction
from stewards.actions.duty import change_duty, log_duty
from stewards.actions.duty_books import log_duty_book
from stewards.actions.evaluated import (
    change_evaluation_item,
    claim_evaluation,
    claim_item,
    review_evaluation,
    review_item,
)
from stewards.actions.evaluations import open_evaluation
from stewards.actions.firms import (
    add_firm,
    add_pool_member,
    add_steward,
    change_firm,
    change_pool_member,
    change_steward,
)
from stewards.actions.line_ledgers import bring_in_lines
from stewards.actions.orders import agree_order, place_order
from stewards.actions.postings import (
    end_posting,
    enter_posting,
    hand_over,
    post_steward,
    propose_posting,
    replace_steward,
)
from stewards.actions.ratings import change_rating, rate_service
from stewards.actions.service_findings import open_finding_of_row, open_service_finding
from stewards.actions.signing import note_award, note_filing, propose_supplement, renew_contract, sign_contract
from stewards.actions.spot_checks import draw_spot_check, enter_outcomes
from stewards.actions.standings import compute_standing, exit_rule

__all__ = [
    "add_firm",
    "add_pool_member",
    "add_qualification",
    "add_steward",
    "agree_order",
    "barred",
    "bring_in_lines",
    "change_acceptance",
    "change_contract",
    "change_duty",
    "change_evaluation_item",
    "change_firm",
    "change_pool_member",
    "change_rating",
    "change_steward",
    "claim_evaluation",
    "claim_item",
    "compute_standing",
    "draft_contract",
    "draw_spot_check",
    "draw_up",
    "end_posting",
    "enter_absence",
    "enter_outcomes",
    "enter_posting",
    "exit_rule",
    "hand_over",
    "log_duty",
    "log_duty_book",
    "note_absence",
    "note_award",
    "note_filing",
    "open_evaluation",
    "open_finding_of_row",
    "open_service_finding",
    "pay_contract",
    "place_order",
    "post_steward",
    "propose_deduction",
    "propose_posting",
    "propose_supplement",
    "rate_service",
    "record_penalty",
    "renew_contract",
    "replace_steward",
    "request_absence",
    "reverse_contract_payment",
    "review_evaluation",
    "review_item",
    "set_lines",
    "set_terms",
    "sign_contract",
]
