"""What lists of stewards are narrowed by: one file a subject."""

from stewards.filters.contracts import ContractFilter, ServiceLineFilter, SupplementFilter
from stewards.filters.credit import FirmStandingFilter, PenaltyFilter, QualificationFilter
from stewards.filters.firms import FirmFilter, PoolMemberFilter, StewardFilter
from stewards.filters.postings import PostingFilter

__all__ = [
    "ContractFilter",
    "FirmFilter",
    "FirmStandingFilter",
    "PenaltyFilter",
    "PoolMemberFilter",
    "PostingFilter",
    "QualificationFilter",
    "ServiceLineFilter",
    "StewardFilter",
    "SupplementFilter",
]
