"""What lists of snapshots and of targets are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import OneOfFilter, PlaceFilter, ScopedFilterSet
from culture_admin.statistics.models import Snapshot, Target


class SnapshotFilter(ScopedFilterSet):
    division = PlaceFilter("place")

    class Meta:
        model = Snapshot
        fields = ["place", "digest"]


class TargetFilter(ScopedFilterSet):
    division = PlaceFilter("place")
    state = OneOfFilter(choices=Target.State.choices)

    class Meta:
        model = Target
        fields = ["place", "station", "metric", "year"]
