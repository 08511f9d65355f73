"""The verbs of stewards: one file a subject."""

from stewards.actions.contracts import change_contract, draft_contract, set_lines, set_terms
from stewards.actions.credit import add_qualification, barred, record_penalty
from stewards.actions.firms import (
    add_firm,
    add_pool_member,
    add_steward,
    change_firm,
    change_pool_member,
    change_steward,
)
from stewards.actions.line_ledgers import bring_in_lines
from stewards.actions.postings import end_posting, post_steward
from stewards.actions.signing import note_award, note_filing, propose_supplement, renew_contract, sign_contract

__all__ = [
    "add_firm",
    "add_pool_member",
    "add_qualification",
    "add_steward",
    "barred",
    "bring_in_lines",
    "change_contract",
    "change_firm",
    "change_pool_member",
    "change_steward",
    "draft_contract",
    "end_posting",
    "note_award",
    "note_filing",
    "post_steward",
    "propose_supplement",
    "record_penalty",
    "renew_contract",
    "set_lines",
    "set_terms",
    "sign_contract",
]
