"""What lists of stewards and postings are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import DayFilter, ScopedFilterSet, WordFilter
from culture_admin.territory.models import in_force
from stewards.models import Firm, Posting, Steward


class FirmFilter(ScopedFilterSet):
    q = WordFilter(field_name="unit__search", label="name, pinyin or initials")

    class Meta:
        model = Firm
        fields = []


class StewardFilter(ScopedFilterSet):
    q = WordFilter(field_name="search", label="name, pinyin or initials")

    class Meta:
        model = Steward
        fields = ["firm"]


class PostingFilter(ScopedFilterSet):
    on = DayFilter(method="filter_on", label="in force on the day")

    class Meta:
        model = Posting
        fields = ["steward", "station", "firm"]

    def filter_on(self, rows, name, day):
        return rows.filter(in_force(day))
