"""What lists of postings are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import DayFilter, OneOfFilter, ScopedFilterSet
from stewards.models import Posting


class PostingFilter(ScopedFilterSet):
    on = DayFilter(method="filter_on", label="decided, and in force on the day")
    state = OneOfFilter(choices=Posting.State.choices)

    class Meta:
        model = Posting
        fields = ["steward", "station", "firm", "contract"]

    def filter_on(self, rows, name, day):
        return rows.on(day)
