"""How records of stewards are shown: one file a subject."""

from stewards.serializers.firms import FirmSerializer, StewardSerializer
from stewards.serializers.postings import PostingSerializer

__all__ = ["FirmSerializer", "PostingSerializer", "StewardSerializer"]
