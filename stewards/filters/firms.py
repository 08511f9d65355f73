"""What lists of firms and stewards are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import ScopedFilterSet, WordFilter
from stewards.models import Firm, Steward


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
