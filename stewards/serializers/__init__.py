"""How records of stewards are shown: one file a subject."""

from stewards.serializers.credit import FirmStandingSerializer, PenaltySerializer, QualificationSerializer
from stewards.serializers.firms import FirmSerializer, PoolMemberSerializer, StewardSerializer
from stewards.serializers.postings import PostingSerializer

__all__ = [
    "FirmSerializer",
    "FirmStandingSerializer",
    "PenaltySerializer",
    "PoolMemberSerializer",
    "PostingSerializer",
    "QualificationSerializer",
    "StewardSerializer",
]
