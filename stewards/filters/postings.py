"""What lists of postings are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import DayFilter, ScopedFilterSet
from culture_admin.territory.models import in_force
from stewards.models import Posting


class PostingFilter(ScopedFilterSet):
    on = DayFilter(method="filter_on", label="in force on the day")

    class Meta:
        model = Posting
        fields = ["steward", "station", "firm"]

    def filter_on(self, rows, name, day):
        return rows.filter(in_force(day))
