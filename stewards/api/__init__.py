"""The collections of stewards: one file a subject."""

from stewards.api.contracts import ContractViewSet, ServiceLineViewSet, SupplementViewSet
from stewards.api.credit import FirmStandingViewSet, PenaltyViewSet, QualificationViewSet
from stewards.api.deliveries import DeliveryViewSet, LineAlertViewSet
from stewards.api.duty import AbsenceViewSet, DutyDayViewSet
from stewards.api.firms import FirmViewSet, PoolMemberViewSet, StewardViewSet
from stewards.api.orders import ServiceOrderViewSet
from stewards.api.postings import PostingViewSet

__all__ = [
    "AbsenceViewSet",
    "ContractViewSet",
    "DeliveryViewSet",
    "DutyDayViewSet",
    "FirmStandingViewSet",
    "FirmViewSet",
    "LineAlertViewSet",
    "PenaltyViewSet",
    "PoolMemberViewSet",
    "PostingViewSet",
    "QualificationViewSet",
    "ServiceLineViewSet",
    "ServiceOrderViewSet",
    "StewardViewSet",
    "SupplementViewSet",
]
