"""How records of stewards are shown: one file a subject."""

from stewards.serializers.contracts import (
    AwardSerializer,
    ContractSerializer,
    FilingSerializer,
    RenewalSerializer,
    ServiceLineSerializer,
    SigningSerializer,
    SupplementSerializer,
)
from stewards.serializers.credit import FirmStandingSerializer, PenaltySerializer, QualificationSerializer
from stewards.serializers.firms import FirmSerializer, PoolMemberSerializer, StewardSerializer
from stewards.serializers.postings import PostingSerializer

__all__ = [
    "AwardSerializer",
    "ContractSerializer",
    "FilingSerializer",
    "FirmSerializer",
    "FirmStandingSerializer",
    "PenaltySerializer",
    "PoolMemberSerializer",
    "PostingSerializer",
    "QualificationSerializer",
    "RenewalSerializer",
    "ServiceLineSerializer",
    "SigningSerializer",
    "StewardSerializer",
    "SupplementSerializer",
]
