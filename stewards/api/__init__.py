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
    "StewardViewSet",
]
