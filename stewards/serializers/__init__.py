"""How records of stewards are shown: one file a subject."""

from stewards.serializers.credit import FirmStandingSerializer, PenaltySerializer, QualificationSerializer
from stewards.serializers.duty import AbsenceSerializer, DutyDaySerializer
from stewards.serializers.firms import FirmSerializer, PoolMemberSerializer, StewardSerializer
from stewards.serializers.orders import AgreeSerializer, ServiceOrderSerializer
from stewards.serializers.postings import EndPostingSerializer, HandOverSerializer, PostingSerializer, ReplaceSerializer

__all__ = [
    "AbsenceSerializer",
    "AgreeSerializer",
    "DutyDaySerializer",
    "EndPostingSerializer",
    "FirmSerializer",
    "FirmStandingSerializer",
    "HandOverSerializer",
    "PenaltySerializer",
    "PoolMemberSerializer",
    "PostingSerializer",
    "QualificationSerializer",
    "ReplaceSerializer",
    "ServiceOrderSerializer",
    "StewardSerializer",
]
