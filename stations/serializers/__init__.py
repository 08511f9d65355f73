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
from stations.serializers.findings import FindingSerializer
from stations.serializers.officers import (
    EndPostingSerializer,
    OfficerPostingSerializer,
    OfficerSerializer,
    PostSerializer,
)
from stations.serializers.premises import FacilitySerializer
from stations.serializers.registration import CertificateSerializer
from stations.serializers.standing import GradingSerializer, TitleSerializer
from stations.serializers.stations import StationSerializer
from stations.serializers.thresholds import ThresholdSerializer

__all__ = [
    "CertificateSerializer",
    "DeterminePaySerializer",
    "EndPostingSerializer",
    "FacilitySerializer",
    "FindingSerializer",
    "GradingSerializer",
    "NewCaseSerializer",
    "OffPostObjectionSerializer",
    "OffPostSerializer",
    "OfficerPostingSerializer",
    "OfficerSerializer",
    "PersonnelCaseSerializer",
    "PostSerializer",
    "ReportBackSerializer",
    "StationSerializer",
    "ThresholdSerializer",
    "TitleApplicationSerializer",
    "TitleSerializer",
]
