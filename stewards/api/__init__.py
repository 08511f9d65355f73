"""The collections of stewards: one file a subject."""

from stewards.api.credit import FirmStandingViewSet, PenaltyViewSet, QualificationViewSet
from stewards.api.firms import FirmViewSet, PoolMemberViewSet, StewardViewSet
from stewards.api.postings import PostingViewSet

__all__ = [
    "FirmStandingViewSet",
    "FirmViewSet",
    "PenaltyViewSet",
    "PoolMemberViewSet",
    "PostingViewSet",
    "QualificationViewSet",
from stewards.api.duty import AbsenceViewSet, DutyDayViewSet
from stewards.api.firms import FirmViewSet, StewardViewSet
from stewards.api.orders import ServiceOrderViewSet
from stewards.api.postings import PostingViewSet

__all__ = [
    "AbsenceViewSet",
    "DutyDayViewSet",
    "FirmViewSet",
    "PostingViewSet",
    "ServiceOrderViewSet",
    "StewardViewSet",
]
