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
from stewards.serializers.duty import AbsenceSerializer, DutyDaySerializer
from stewards.serializers.firms import FirmSerializer, StewardSerializer
from stewards.serializers.orders import AgreeSerializer, ServiceOrderSerializer
from stewards.serializers.postings import (
    EndPostingSerializer,
    HandOverSerializer,
    PostingSerializer,
    ReplaceSerializer,
)

__all__ = [
    "AbsenceSerializer",
    "AgreeSerializer",
    "DutyDaySerializer",
    "EndPostingSerializer",
    "FirmSerializer",
    "HandOverSerializer",
    "PostingSerializer",
    "ReplaceSerializer",
    "ServiceOrderSerializer",
    "StewardSerializer",
]
