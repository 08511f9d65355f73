"""What lists of the yearly assessment are narrowed by."""

from __future__ import annotations

from assessments.models import (
    Assessment,
    Award,
    AwardPayment,
    Computation,
    Cycle,
    Evidence,
    IndicatorScore,
    Item,
    Mark,
    Objection,
    PanelSeat,
    Recheck,
    Result,
)
from culture_admin.interfaces.filters import IdFilter, NumberFilter, OneOfFilter, ScopedFilterSet
from culture_admin.scoring.models import Scheme


class CycleFilter(ScopedFilterSet):
    year = NumberFilter(field_name="scheme__year")
    subject = OneOfFilter(field_name="scheme__subject", choices=Scheme.Subject.choices)
    state = OneOfFilter(choices=Cycle.State.choices)

    class Meta:
        model = Cycle
        fields = ["place"]


class AssessmentFilter(ScopedFilterSet):
    year = NumberFilter(field_name="cycle__scheme__year")
    state = OneOfFilter(choices=Assessment.State.choices)

    class Meta:
        model = Assessment
        fields = ["cycle", "unit", "division", "station", "group"]


class ItemFilter(ScopedFilterSet):
    class Meta:
        model = Item
        fields = ["assessment", "code"]


class EvidenceFilter(ScopedFilterSet):
    assessment = IdFilter(field_name="item__assessment")

    class Meta:
        model = Evidence
        fields = ["item", "withdrawn"]


class PanelSeatFilter(ScopedFilterSet):
    state = OneOfFilter(choices=PanelSeat.State.choices)

    class Meta:
        model = PanelSeat
        fields = ["assessment"]


class MarkFilter(ScopedFilterSet):
    class Meta:
        model = Mark
        fields = ["seat", "code"]


class ComputationFilter(ScopedFilterSet):
    kind = OneOfFilter(choices=Computation.Kind.choices)

    class Meta:
        model = Computation
        fields = ["cycle", "number"]


class ResultFilter(ScopedFilterSet):
    cycle = IdFilter(field_name="computation__cycle")
    year = NumberFilter(field_name="computation__cycle__scheme__year")

    class Meta:
        model = Result
        fields = ["computation", "assessment", "place"]


class IndicatorScoreFilter(ScopedFilterSet):
    computation = IdFilter(field_name="result__computation")
    assessment = IdFilter(field_name="result__assessment")
    node = OneOfFilter(choices=IndicatorScore.Node.choices)

    class Meta:
        model = IndicatorScore
        fields = ["result", "section", "code"]


class ObjectionFilter(ScopedFilterSet):
    cycle = IdFilter(field_name="assessment__cycle")
    state = OneOfFilter(choices=Objection.State.choices)

    class Meta:
        model = Objection
        fields = ["assessment", "code"]


class AwardFilter(ScopedFilterSet):
    cycle = IdFilter(field_name="assessment__cycle")
    state = OneOfFilter(choices=Award.State.choices)

    class Meta:
        model = Award
        fields = ["assessment"]


class AwardPaymentFilter(ScopedFilterSet):
    class Meta:
        model = AwardPayment
        fields = ["award"]


class RecheckFilter(ScopedFilterSet):
    state = OneOfFilter(choices=Recheck.State.choices)

    class Meta:
        model = Recheck
        fields = ["assessment"]
