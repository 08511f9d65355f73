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
from stewards.api.credit import FirmStandingViewSet, PenaltyViewSet, QualificationViewSet
from stewards.api.duty import AbsenceViewSet, DutyDayViewSet
from stewards.api.firms import FirmViewSet, PoolMemberViewSet, StewardViewSet
from stewards.api.orders import ServiceOrderViewSet
from stewards.api.postings import PostingViewSet

__all__ = [
    "AbsenceViewSet",
    "DutyDayViewSet",
from stewards.api.contracts import ContractViewSet, ServiceLineViewSet, SupplementViewSet
from stewards.api.credit import FirmStandingViewSet, PenaltyViewSet, QualificationViewSet
from stewards.api.firms import FirmViewSet, PoolMemberViewSet, StewardViewSet
from stewards.api.postings import PostingViewSet

__all__ = [
    "ContractViewSet",
    "FirmStandingViewSet",
    "FirmViewSet",
    "PenaltyViewSet",
    "PoolMemberViewSet",
    "PostingViewSet",
    "QualificationViewSet",
    "ServiceOrderViewSet",
    "ServiceLineViewSet",
    "StewardViewSet",
    "SupplementViewSet",
]
