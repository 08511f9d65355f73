"""What the list of imports is narrowed by."""

from __future__ import annotations

from culture_admin.exchange.models import Import
from culture_admin.interfaces.filters import IdFilter, OneOfFilter, ScopedFilterSet


class ImportFilter(ScopedFilterSet):
    station = IdFilter(field_name="unit")
    state = OneOfFilter(choices=Import.State.choices)

    class Meta:
        model = Import
        fields = []
