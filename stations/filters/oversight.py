"""What lists of features, safety checks, complaints and the facts of a year are narrowed by."""

from __future__ import annotations

from django.utils import timezone

from culture_admin.interfaces.filters import DayFilter, OneOfFilter, ScopedFilterSet, WordFilter, YesNoFilter
from stations.models import Complaint, Feature, SafetyCheck, YearlyFacts


class FeatureFilter(ScopedFilterSet):
    q = WordFilter(field_name="name", label="a word of the name")
    state = OneOfFilter(choices=Feature.State.choices)
    level = OneOfFilter(choices=Feature.Level.choices)

    class Meta:
        model = Feature
        fields = ["station", "village"]


class SafetyCheckFilter(ScopedFilterSet):
    checked_from = DayFilter(field_name="checked_on", lookup_expr="gte")
    checked_to = DayFilter(field_name="checked_on", lookup_expr="lte")
    state = OneOfFilter(choices=SafetyCheck.State.choices)
    by = OneOfFilter(choices=SafetyCheck.By.choices)

    class Meta:
        model = SafetyCheck
        fields = ["station", "failed"]
        ranges = [("checked_from", "checked_to")]


class ComplaintFilter(ScopedFilterSet):
    received_from = DayFilter(field_name="received_on", lookup_expr="gte")
    received_to = DayFilter(field_name="received_on", lookup_expr="lte")
    state = OneOfFilter(choices=Complaint.State.choices)
    about = OneOfFilter(choices=Complaint.About.choices)
    outcome = OneOfFilter(choices=Complaint.Outcome.choices)
    late = YesNoFilter(method="filter_late", label="to be answered by a day that is past, or not")

    class Meta:
        model = Complaint
        fields = ["station"]
        ranges = [("received_from", "received_to")]

    def filter_late(self, rows, name, value):
        late = Complaint.objects.late(timezone.localdate()).values("pk")
        return rows.filter(pk__in=late) if value == ["true"] else rows.exclude(pk__in=late) if value else rows


class YearlyFactsFilter(ScopedFilterSet):
    state = OneOfFilter(choices=YearlyFacts.State.choices)

    class Meta:
        model = YearlyFacts
        fields = ["station", "year"]
