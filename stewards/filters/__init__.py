"""What lists of stewards are narrowed by: one file a subject."""

from stewards.filters.credit import FirmStandingFilter, PenaltyFilter, QualificationFilter
from stewards.filters.duty import AbsenceFilter, DutyDayFilter
from stewards.filters.firms import FirmFilter, PoolMemberFilter, StewardFilter
from stewards.filters.orders import ServiceOrderFilter
from stewards.filters.postings import PostingFilter

__all__ = [
    "AbsenceFilter",
    "DutyDayFilter",
    "FirmFilter",
    "FirmStandingFilter",
    "PenaltyFilter",
    "PoolMemberFilter",
    "PostingFilter",
    "QualificationFilter",
    "ServiceOrderFilter",
    "StewardFilter",
]
