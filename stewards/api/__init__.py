"""The collections of stewards: one file a subject."""

from stewards.api.credit import FirmStandingViewSet, PenaltyViewSet, QualificationViewSet
from stewards.api.duty import AbsenceViewSet, DutyDayViewSet
from stewards.api.firms import FirmViewSet, PoolMemberViewSet, StewardViewSet
from stewards.api.orders import ServiceOrderViewSet
from stewards.api.postings import PostingViewSet

__all__ = [
    "AbsenceViewSet",
    "DutyDayViewSet",
    "FirmStandingViewSet",
    "FirmViewSet",
    "PenaltyViewSet",
    "PoolMemberViewSet",
    "PostingViewSet",
    "QualificationViewSet",
    "ServiceOrderViewSet",
    "StewardViewSet",
]
