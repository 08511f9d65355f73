"""The collection of findings."""

from __future__ import annotations

from culture_admin.interfaces.viewsets import ScopedViewSet
from stations import actions
from stations.filters import FindingFilter
from stations.models import Finding
from stations.serializers import FindingSerializer


class FindingViewSet(ScopedViewSet):
    """What was found at stations, by when it is to be put right, and whether it was."""

    model = Finding
    serializer_class = FindingSerializer
    filterset_class = FindingFilter
    create_verb = actions.open_finding
    verbs_ask = True
    key_required = True
    joins = ("station__unit", "station__division", "debtor", "subject_type")
    orders = ("-opened_on", "due_on", "pk")
