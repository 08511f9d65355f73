"""How the yearly assessment is shown and entered."""

from assessments.serializers.outcomes import (
    AwardPaymentSerializer,
    AwardSerializer,
    ObjectionSerializer,
    RecheckSerializer,
    TouchedSerializer,
)
from assessments.serializers.panel import MarkSerializer, PanelSeatSerializer
from assessments.serializers.results import (
    ChangeSerializer,
    ComputationSerializer,
    IndicatorScoreSerializer,
    RecordsSerializer,
    ResultSerializer,
)
from assessments.serializers.towns import (
    AssessmentSerializer,
    CheckpointSerializer,
    EvidenceSerializer,
    ItemSerializer,
    MissingSerializer,
    RehearsedSerializer,
)
from assessments.serializers.years import AdoptSerializer, CycleSerializer, InterimSerializer

__all__ = [
    "AdoptSerializer",
    "AssessmentSerializer",
    "AwardPaymentSerializer",
    "AwardSerializer",
    "ChangeSerializer",
    "CheckpointSerializer",
    "ComputationSerializer",
    "CycleSerializer",
    "EvidenceSerializer",
    "IndicatorScoreSerializer",
    "InterimSerializer",
    "ItemSerializer",
    "MarkSerializer",
    "MissingSerializer",
    "ObjectionSerializer",
    "PanelSeatSerializer",
    "RecheckSerializer",
    "RecordsSerializer",
    "RehearsedSerializer",
    "ResultSerializer",
    "TouchedSerializer",
]
