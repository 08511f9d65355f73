"""What lists of firms, their people and their stewards are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import DayFilter, ScopedFilterSet, TextFilter, WordFilter
from culture_admin.territory.models import in_force
from stewards.models import Firm, PoolMember, Steward


class FirmFilter(ScopedFilterSet):
    q = WordFilter(field_name="unit__search", label="name, pinyin or initials")

    class Meta:
        model = Firm
        fields = []


class OfGenreFilter(ScopedFilterSet):
    """By a genre among several."""

    genre = TextFilter(method="filter_genre", label="code of a genre")

    def filter_genre(self, rows, name, code):
        return rows.filter(genres__contains=[code])


class PoolMemberFilter(OfGenreFilter):
    on = DayFilter(method="filter_on", label="in force on the day")

    class Meta:
        model = PoolMember
        fields = ["firm", "kind"]

    def filter_on(self, rows, name, day):
        return rows.filter(in_force(day))


class StewardFilter(OfGenreFilter):
    q = WordFilter(field_name="search", label="name, pinyin or initials")

    class Meta:
        model = Steward
        fields = ["firm", "degree"]
