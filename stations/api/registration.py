"""The collections of registration."""

from __future__ import annotations

from stations import actions
from stations.api.rows import OfStationViewSet
from stations.filters import CertificateFilter
from stations.models import Certificate
from stations.serializers import (
    CertificateSerializer,
)


class CertificateViewSet(OfStationViewSet):
    """Certificates of legal persons."""

    model = Certificate
    serializer_class = CertificateSerializer
    filterset_class = CertificateFilter
    create_verb = actions.register_legal_person
    key_required = True
