"""How the files of stations are shown and entered."""

from stations.serializers.cases import (
    DeterminePaySerializer,
    NewCaseSerializer,
    OffPostObjectionSerializer,
    OffPostSerializer,
    PersonnelCaseSerializer,
    ReportBackSerializer,
    TitleApplicationSerializer,
)
from stations.serializers.circulars import (
    AdoptionSerializer,
    ChaseSerializer,
    CircularSerializer,
    ReplySerializer,
    ReportSerializer,
)
from stations.serializers.findings import FindingSerializer
from stations.serializers.guidance import (
    AttendanceSerializer,
    BackboneSerializer,
    FollowUpSerializer,
    MeetingPresenceSerializer,
    MeetingSerializer,
    NotePresenceSerializer,
    PairingSerializer,
    PairingVisitSerializer,
    PlanVisitsSerializer,
    RecordAttendanceSerializer,
    TrainingSerializer,
)
from stations.serializers.money import (
    AppropriationSerializer,
    BudgetSerializer,
    DifferenceSerializer,
    InstalmentSerializer,
    PurposeChangeSerializer,
    SpendingSerializer,
)
from stations.serializers.officers import (
    EndPostingSerializer,
    OfficerPostingSerializer,
    OfficerSerializer,
    PostSerializer,
)
from stations.serializers.oversight import ComplaintSerializer, SafetyCheckSerializer, YearlyFactsSerializer
from stations.serializers.premises import ClosureSerializer, FacilitySerializer, OtherUseSerializer
from stations.serializers.registration import CertificateSerializer, RegistrationSerializer, SanctionSerializer
from stations.serializers.standing import FeatureSerializer, GradingSerializer, TitleSerializer
from stations.serializers.stations import StationSerializer
from stations.serializers.thresholds import ThresholdSerializer

__all__ = [
    "AdoptionSerializer",
    "AppropriationSerializer",
    "AttendanceSerializer",
    "BackboneSerializer",
    "BudgetSerializer",
    "CertificateSerializer",
    "ChaseSerializer",
    "CircularSerializer",
    "ClosureSerializer",
    "ComplaintSerializer",
    "DeterminePaySerializer",
    "DifferenceSerializer",
    "EndPostingSerializer",
    "FacilitySerializer",
    "FeatureSerializer",
    "FindingSerializer",
    "FollowUpSerializer",
    "GradingSerializer",
    "InstalmentSerializer",
    "MeetingPresenceSerializer",
    "MeetingSerializer",
    "NewCaseSerializer",
    "NotePresenceSerializer",
    "OffPostObjectionSerializer",
    "OffPostSerializer",
    "OfficerPostingSerializer",
    "OfficerSerializer",
    "OtherUseSerializer",
    "PairingSerializer",
    "PairingVisitSerializer",
    "PersonnelCaseSerializer",
    "PlanVisitsSerializer",
    "PostSerializer",
    "PurposeChangeSerializer",
    "RecordAttendanceSerializer",
    "RegistrationSerializer",
    "ReplySerializer",
    "ReportBackSerializer",
    "ReportSerializer",
    "SafetyCheckSerializer",
    "SanctionSerializer",
    "SpendingSerializer",
    "StationSerializer",
    "ThresholdSerializer",
    "TitleApplicationSerializer",
    "TitleSerializer",
    "TrainingSerializer",
    "YearlyFactsSerializer",
]
