"""The collections of stewards: one file a subject."""

from stewards.api.evaluations import (
    EvaluationItemViewSet,
    EvaluationViewSet,
    ServiceCheckViewSet,
    ServiceFindingViewSet,
    TownRatingViewSet,
)
from stewards.api.firms import FirmViewSet, StewardViewSet
from stewards.api.postings import PostingViewSet

__all__ = [
    "EvaluationItemViewSet",
    "EvaluationViewSet",
    "FirmViewSet",
    "PostingViewSet",
    "ServiceCheckViewSet",
    "ServiceFindingViewSet",
    "StewardViewSet",
    "TownRatingViewSet",
]
