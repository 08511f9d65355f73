"""What lists of findings are narrowed by."""

from __future__ import annotations

from django.utils import timezone

from culture_admin.interfaces.filters import DayFilter, OneOfFilter, ScopedFilterSet, YesNoFilter
from stations.models import Finding


class FindingFilter(ScopedFilterSet):
    kind = OneOfFilter(choices=Finding.Kind.choices)
    state = OneOfFilter(choices=Finding.State.choices)
    on = DayFilter(method="filter_on", label="standing on the day")
    overdue = YesNoFilter(method="filter_overdue", label="to be put right by a day that is past")
    due_to = DayFilter(field_name="due_on", lookup_expr="lte", label="to be put right until the day")

    class Meta:
        model = Finding
        fields = ["station", "debtor"]

    def filter_on(self, rows, name, day):
        return rows.filter(pk__in=Finding.objects.standing(day).values("pk"))

    def filter_overdue(self, rows, name, value):
        late = Finding.objects.overdue(timezone.localdate()).values("pk")
        return rows.filter(pk__in=late) if value == ["true"] else rows.exclude(pk__in=late) if value else rows
