"""The collections of a credit file."""

from __future__ import annotations

from culture_admin.interfaces.viewsets import ScopedViewSet
from stewards import actions
from stewards.filters import FirmStandingFilter, PenaltyFilter, QualificationFilter
from stewards.models import FirmStanding, Penalty, Qualification
from stewards.serializers import FirmStandingSerializer, PenaltySerializer, QualificationSerializer


class PenaltyViewSet(ScopedViewSet):
    """Penalties of service providers; a serious one keeps its firm from new contracts while it stands."""

    model = Penalty
    serializer_class = PenaltySerializer
    filterset_class = PenaltyFilter
    create_verb = actions.record_penalty
    key_required = True
    joins = ("firm__unit__division",)
    orders = ("-valid_from", "pk")


class QualificationViewSet(ScopedViewSet):
    """What stewards show of themselves: certificates, trainings, statements."""

    model = Qualification
    serializer_class = QualificationSerializer
    filterset_class = QualificationFilter
    create_verb = actions.add_qualification
    joins = ("steward", "firm__unit__division")
    orders = ("-valid_from", "pk")


class FirmStandingViewSet(ScopedViewSet):
    """How service providers stand by the evaluations of a year: computed, and read only."""

    model = FirmStanding
    serializer_class = FirmStandingSerializer
    filterset_class = FirmStandingFilter
    joins = ("firm__unit",)
    orders = ("-year", "pk")
