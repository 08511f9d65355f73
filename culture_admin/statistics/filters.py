"""What lists of snapshots are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import PlaceFilter, ScopedFilterSet
from culture_admin.statistics.models import Snapshot


class SnapshotFilter(ScopedFilterSet):
    division = PlaceFilter("place")

    class Meta:
        model = Snapshot
        fields = ["place", "digest"]
