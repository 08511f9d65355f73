"""How snapshots are shown and asked for."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from culture_admin.interfaces.fields import DayField, ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer, shown
from culture_admin.interfaces.text import LineField
from culture_admin.statistics.models import Snapshot
from culture_admin.statistics.snapshots import MOST_ASKED, Asked, is_intact, tables
from culture_admin.territory.models import Division

MOST_METRICS, MOST_BY = 100, 8
# What is read from the content of a snapshot, and therefore shown of one alone.
OF_CONTENT = ("asked", "intact")


class AskedSerializer(StrictSerializer):
    """One question of a snapshot, in the words of `statistics/`."""

    metrics = serializers.ListField(child=LineField(max_length=80), min_length=1, max_length=MOST_METRICS)
    by = serializers.ListField(child=LineField(max_length=40), required=False, max_length=MOST_BY, default=list)
    first = DayField(required=False, allow_null=True, default=None)
    last = DayField(required=False, allow_null=True, default=None)
    as_of = DayField(required=False, allow_null=True, default=None)
    where = serializers.DictField(child=LineField(max_length=400), required=False, default=dict)

    def to_internal_value(self, data: Any) -> Any:
        read: Any = super().to_internal_value(data)
        return Asked(
            tuple(read["metrics"]), tuple(read["by"]), read["first"], read["last"], read["as_of"], dict(read["where"])
        )


class SnapshotSerializer(ScopedModelSerializer):
    place = ScopedRelatedField(queryset=Division.objects.all())
    place_name = serializers.CharField(source="place.name", read_only=True)
    taken_by = serializers.CharField(source="taken_by.name", read_only=True, default="")
    asked = serializers.ListField(child=AskedSerializer(), min_length=1, max_length=MOST_ASKED)
    intact = serializers.SerializerMethodField()

    class Meta:
        model = Snapshot
        fields = ["id", "place", "place_name", "name", "taken_at", "taken_by", "digest", "versions", "asked", "intact"]
        read_only_fields = ["taken_at", "digest", "versions"]

    def to_representation(self, instance: Snapshot) -> dict:
        """A list goes without what stands in the content."""
        said = {name: shown(field, instance) for name, field in self.fields.items() if name not in OF_CONTENT}
        alone = self.parent is None
        if not alone:
            return said
        asked = [AskedSerializer(table.asked).data for table in tables(instance)]
        return {**said, "asked": asked, "intact": is_intact(instance)}

    @extend_schema_field({"type": "boolean"})
    def get_intact(self, snapshot: Snapshot) -> bool:
        """Whether the content still is what its digest says."""
        return is_intact(snapshot)
