"""How the files of stations are shown and entered."""

from stations.serializers.findings import FindingSerializer
from stations.serializers.premises import ClosureSerializer, FacilitySerializer, OtherUseSerializer
from stations.serializers.registration import CertificateSerializer, RegistrationSerializer, SanctionSerializer
from stations.serializers.standing import GradingSerializer, TitleSerializer
from stations.serializers.stations import StationSerializer
from stations.serializers.thresholds import ThresholdSerializer

__all__ = [
    "CertificateSerializer",
    "ClosureSerializer",
    "FacilitySerializer",
    "FindingSerializer",
    "GradingSerializer",
    "OtherUseSerializer",
    "RegistrationSerializer",
    "SanctionSerializer",
    "StationSerializer",
    "ThresholdSerializer",
    "TitleSerializer",
]
