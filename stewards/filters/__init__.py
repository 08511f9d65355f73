"""What lists of stewards are narrowed by: one file a subject."""

from stewards.filters.firms import FirmFilter, StewardFilter
from stewards.filters.money import (
    AcceptanceFilter,
    AcceptanceLineFilter,
    ContractPaymentFilter,
    DeductionFilter,
    PlannedPaymentFilter,
    SignatureFilter,
)
from stewards.filters.postings import PostingFilter

__all__ = [
    "AcceptanceFilter",
    "AcceptanceLineFilter",
    "ContractPaymentFilter",
    "DeductionFilter",
    "FirmFilter",
    "PlannedPaymentFilter",
    "PostingFilter",
    "SignatureFilter",
    "StewardFilter",
]
