"""How snapshots are shown and asked for, and targets with how far they have come."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from culture_admin.interfaces.fields import AmountField, DayField, ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer, shown
from culture_admin.interfaces.text import LineField
from culture_admin.statistics.models import Snapshot, Target
from culture_admin.statistics.progress import Progress, progress_of
from culture_admin.statistics.snapshots import MOST_ASKED, Asked, is_intact, tables, written
from culture_admin.territory.models import Division, Unit

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


NUMBER: dict[str, Any] = {"type": ["integer", "string", "null"], "description": "What is not whole is text."}
PROGRESS = {
    "type": "object",
    "required": ["value", "number", "share", "missing", "days_left"],
    "properties": {
        "value": NUMBER,
        "number": NUMBER,
        "share": {"type": ["string", "null"], "description": "Of the target, 1 once it is reached."},
        "missing": NUMBER,
        "days_left": {"type": "integer", "description": "Of the year, today included."},
    },
}


class TargetSerializer(ScopedModelSerializer):
    place = ScopedRelatedField(queryset=Division.objects.all(), required=False)
    place_name = serializers.CharField(source="place.name", read_only=True)
    station = ScopedRelatedField(queryset=Unit.objects.select_related("division"), required=False, allow_null=True)
    station_name = serializers.CharField(source="station.name", read_only=True, allow_null=True, default=None)
    metric_label = serializers.CharField(source="about", read_only=True)
    number = AmountField(max_digits=16, decimal_places=4)
    where = serializers.DictField(child=LineField(max_length=400), required=False)
    progress = serializers.SerializerMethodField()

    class Meta:
        model = Target
        fields = [
            "id", "place", "place_name", "station", "station_name", "metric", "metric_label", "year", "number", "where",
            "source", "progress", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["state"]
        fixed = ["place", "station", "metric", "year", "where"]

    @extend_schema_field(PROGRESS)
    def get_progress(self, target: Target) -> dict[str, object]:
        """How far it has come by today, as far as the reader may read the number; read together for a whole list."""
        context: Any = self.context
        known: dict[int, Progress] = context.setdefault("progress", {})
        if target.pk not in known:
            parent: Any = self.parent
            together = list(parent.instance) if parent is not None and parent.instance is not None else []
            known.update(progress_of([*together, target], user=context["request"].user))
        found = known[target.pk]
        return {
            "value": written(found.value),
            "number": written(found.number),
            "share": None if found.share is None else str(found.share),
            "missing": written(found.missing),
            "days_left": found.days_left,
        }
