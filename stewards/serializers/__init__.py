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
from stewards.serializers.deliveries import (
    BurnDownSerializer,
    BurnSerializer,
    DeliverySerializer,
    LineAlertSerializer,
    MoveSerializer,
    VoicesSerializer,
)
from stewards.serializers.duty import AbsenceSerializer, DutyDaySerializer
from stewards.serializers.evaluations import (
    EvaluationItemSerializer,
    EvaluationSerializer,
    OutcomesSerializer,
    RowFindingSerializer,
    ServiceCheckSerializer,
    ServiceFindingSerializer,
    TownRatingSerializer,
    TreesSerializer,
)
from stewards.serializers.firms import FirmSerializer, PoolMemberSerializer, StewardSerializer
from stewards.serializers.money import (
    AcceptanceLineSerializer,
    AcceptanceSerializer,
    ContractInstalmentSerializer,
    ContractPaymentSerializer,
    DeductionSerializer,
    ExplanationSerializer,
    SignatureSerializer,
)
from stewards.serializers.orders import AgreeSerializer, ServiceOrderSerializer
from stewards.serializers.postings import (
    EndStewardPostingSerializer,
    HandOverSerializer,
    PostingSerializer,
    ReplaceSerializer,
)

__all__ = [
    "AbsenceSerializer",
    "AcceptanceLineSerializer",
    "AcceptanceSerializer",
    "AgreeSerializer",
    "AwardSerializer",
    "BurnDownSerializer",
    "BurnSerializer",
    "ContractInstalmentSerializer",
    "ContractPaymentSerializer",
    "ContractSerializer",
    "DeductionSerializer",
    "DeliverySerializer",
    "DutyDaySerializer",
    "EndStewardPostingSerializer",
    "EvaluationItemSerializer",
    "EvaluationSerializer",
    "ExplanationSerializer",
    "FilingSerializer",
    "FirmSerializer",
    "FirmStandingSerializer",
    "HandOverSerializer",
    "LineAlertSerializer",
    "MoveSerializer",
    "OutcomesSerializer",
    "PenaltySerializer",
    "PoolMemberSerializer",
    "PostingSerializer",
    "QualificationSerializer",
    "RenewalSerializer",
    "ReplaceSerializer",
    "RowFindingSerializer",
    "ServiceCheckSerializer",
    "ServiceFindingSerializer",
    "ServiceLineSerializer",
    "ServiceOrderSerializer",
    "SignatureSerializer",
    "SigningSerializer",
    "StewardSerializer",
    "SupplementSerializer",
    "TownRatingSerializer",
    "TreesSerializer",
    "VoicesSerializer",
]
