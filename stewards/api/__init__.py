"""The collections of stewards: one file a subject."""

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
    "ServiceLineViewSet",
    "StewardViewSet",
    "SupplementViewSet",
]
