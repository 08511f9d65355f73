"""How records of stewards are shown: one file a subject."""

from stewards.serializers.firms import FirmSerializer, StewardSerializer
from stewards.serializers.money import (
    AcceptanceLineSerializer,
    AcceptanceSerializer,
    ContractPaymentSerializer,
    DeductionSerializer,
    ExplanationSerializer,
    PlannedPaymentSerializer,
    SignatureSerializer,
)
from stewards.serializers.postings import PostingSerializer

__all__ = [
    "AcceptanceLineSerializer",
    "AcceptanceSerializer",
    "ContractPaymentSerializer",
    "DeductionSerializer",
    "ExplanationSerializer",
    "FirmSerializer",
    "PlannedPaymentSerializer",
    "PostingSerializer",
    "SignatureSerializer",
    "StewardSerializer",
]
