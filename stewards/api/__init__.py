"""The collections of stewards: one file a subject."""

from stewards.api.firms import FirmViewSet, StewardViewSet
from stewards.api.money import (
    AcceptanceLineViewSet,
    AcceptanceViewSet,
    ContractPaymentViewSet,
    DeductionViewSet,
    PlannedPaymentViewSet,
    SignatureViewSet,
)
from stewards.api.postings import PostingViewSet

__all__ = [
    "AcceptanceLineViewSet",
    "AcceptanceViewSet",
    "ContractPaymentViewSet",
    "DeductionViewSet",
    "FirmViewSet",
    "PlannedPaymentViewSet",
    "PostingViewSet",
    "SignatureViewSet",
    "StewardViewSet",
]
