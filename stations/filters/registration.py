"""What lists of certificates are narrowed by."""

from __future__ import annotations

from stations.filters.rows import OfStationFilter
from stations.models import Certificate


class CertificateFilter(OfStationFilter):
    class Meta:
        model = Certificate
        fields = ["station"]
