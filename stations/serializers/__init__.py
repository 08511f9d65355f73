"""How the files of stations are shown and entered."""

from stations.serializers.findings import FindingSerializer
from stations.serializers.premises import FacilitySerializer
from stations.serializers.registration import CertificateSerializer
from stations.serializers.standing import GradingSerializer, TitleSerializer
from stations.serializers.stations import StationSerializer
from stations.serializers.thresholds import ThresholdSerializer

__all__ = [
    "CertificateSerializer",
    "FacilitySerializer",
    "FindingSerializer",
    "GradingSerializer",
    "StationSerializer",
    "ThresholdSerializer",
    "TitleSerializer",
]
