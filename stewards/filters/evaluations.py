"""What lists of evaluations, ratings, findings and spot checks are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import IdFilter, OneOfFilter, ScopedFilterSet
from stewards.models import Evaluation, EvaluationItem, ServiceFinding, SpotCheck, TownRating


class EvaluationFilter(ScopedFilterSet):
    firm = IdFilter(field_name="contract__firm")
    state = OneOfFilter(choices=Evaluation.State.choices)

    class Meta:
        model = Evaluation
        fields = ["contract", "scheme", "year", "quarter"]


class EvaluationItemFilter(ScopedFilterSet):
    class Meta:
        model = EvaluationItem
        fields = ["evaluation", "code"]


class TownRatingFilter(ScopedFilterSet):
    contract = IdFilter(field_name="evaluation__contract")
    state = OneOfFilter(choices=TownRating.State.choices)

    class Meta:
        model = TownRating
        fields = ["evaluation", "station"]


class ServiceFindingFilter(ScopedFilterSet):
    state = OneOfFilter(choices=ServiceFinding.State.choices)

    class Meta:
        model = ServiceFinding
        fields = ["contract", "evaluation", "station", "code"]


class ServiceCheckFilter(ScopedFilterSet):
    state = OneOfFilter(choices=SpotCheck.State.choices)

    class Meta:
        model = SpotCheck
        fields = ["contract"]
