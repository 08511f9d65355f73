"""The collections of stewards: one file a subject."""

from stewards.api.contracts import ContractViewSet, ServiceLineViewSet, SupplementViewSet
from stewards.api.credit import FirmStandingViewSet, PenaltyViewSet, QualificationViewSet
from stewards.api.deliveries import DeliveryViewSet, LineAlertViewSet
from stewards.api.duty import AbsenceViewSet, DutyDayViewSet
from stewards.api.evaluations import (
    EvaluationItemViewSet,
    EvaluationViewSet,
    ServiceCheckViewSet,
    ServiceFindingViewSet,
    TownRatingViewSet,
)
from stewards.api.firms import FirmViewSet, PoolMemberViewSet, StewardViewSet
from stewards.api.money import (
    AcceptanceLineViewSet,
    AcceptanceViewSet,
    ContractPaymentViewSet,
    DeductionViewSet,
    PlannedPaymentViewSet,
    SignatureViewSet,
)
from stewards.api.orders import ServiceOrderViewSet
from stewards.api.postings import PostingViewSet

__all__ = [
    "AbsenceViewSet",
    "AcceptanceLineViewSet",
    "AcceptanceViewSet",
    "ContractPaymentViewSet",
    "ContractViewSet",
    "DeductionViewSet",
    "DeliveryViewSet",
    "DutyDayViewSet",
    "EvaluationItemViewSet",
    "EvaluationViewSet",
    "FirmStandingViewSet",
    "FirmViewSet",
    "LineAlertViewSet",
    "PenaltyViewSet",
    "PlannedPaymentViewSet",
    "PoolMemberViewSet",
    "PostingViewSet",
    "QualificationViewSet",
    "ServiceCheckViewSet",
    "ServiceFindingViewSet",
    "ServiceLineViewSet",
    "ServiceOrderViewSet",
    "SignatureViewSet",
    "StewardViewSet",
    "SupplementViewSet",
    "TownRatingViewSet",
]
