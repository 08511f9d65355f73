"""The collections of stewards: one file a subject."""

from stewards.api.firms import FirmViewSet, StewardViewSet
from stewards.api.postings import PostingViewSet

__all__ = ["FirmViewSet", "PostingViewSet", "StewardViewSet"]
