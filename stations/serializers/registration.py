"""How certificates are shown."""

from __future__ import annotations

from stations.models import Certificate
from stations.serializers.rows import SHARED, OfStationSerializer


class CertificateSerializer(OfStationSerializer):
    class Meta:
        model = Certificate
        fields = [
            *SHARED, "uscc", "legal_representative", "sponsor", "authority", "domicile", "purpose", "funding", "startup_funds",
        ]  # fmt: skip
