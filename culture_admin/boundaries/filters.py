"""What a list of changes of boundaries is narrowed by."""

from __future__ import annotations

from culture_admin.boundaries.models import BoundaryChange
from culture_admin.interfaces.filters import OneOfFilter, ScopedFilterSet


class BoundaryChangeFilter(ScopedFilterSet):
    kind = OneOfFilter(choices=BoundaryChange.Kind.choices)
    state = OneOfFilter(choices=BoundaryChange.State.choices)

    class Meta:
        model = BoundaryChange
        fields = ["place", "effective_on"]
