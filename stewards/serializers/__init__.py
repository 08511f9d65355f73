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
from stewards.serializers.duty import AbsenceSerializer, DutyDaySerializer
from stewards.serializers.firms import FirmSerializer, PoolMemberSerializer, StewardSerializer
from stewards.serializers.money import (
    AcceptanceLineSerializer,
    AcceptanceSerializer,
    ContractPaymentSerializer,
    DeductionSerializer,
    ExplanationSerializer,
    PlannedPaymentSerializer,
    SignatureSerializer,
)
from stewards.serializers.orders import AgreeSerializer, ServiceOrderSerializer
from stewards.serializers.postings import EndPostingSerializer, HandOverSerializer, PostingSerializer, ReplaceSerializer

__all__ = [
    "AbsenceSerializer",
    "AcceptanceLineSerializer",
    "AcceptanceSerializer",
    "AgreeSerializer",
    "AwardSerializer",
    "ContractPaymentSerializer",
    "ContractSerializer",
    "DeductionSerializer",
    "DutyDaySerializer",
    "EndPostingSerializer",
    "ExplanationSerializer",
    "FilingSerializer",
    "FirmSerializer",
    "FirmStandingSerializer",
    "HandOverSerializer",
    "PenaltySerializer",
    "PlannedPaymentSerializer",
    "PoolMemberSerializer",
    "PostingSerializer",
    "QualificationSerializer",
    "RenewalSerializer",
    "ReplaceSerializer",
    "ServiceLineSerializer",
    "ServiceOrderSerializer",
    "SignatureSerializer",
    "SigningSerializer",
    "StewardSerializer",
    "SupplementSerializer",
]
