"""How the files of stations are shown and entered."""

from stations.serializers.premises import FacilitySerializer
from stations.serializers.registration import CertificateSerializer
from stations.serializers.standing import GradingSerializer, TitleSerializer
from stations.serializers.stations import StationSerializer

__all__ = ["CertificateSerializer", "FacilitySerializer", "GradingSerializer", "StationSerializer", "TitleSerializer"]
