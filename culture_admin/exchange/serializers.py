"""How an import is shown: as the preview of CONTRACT.md with its state."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.exchange.models import Import
from culture_admin.interfaces.fields import OneOfField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer


class ImportSerializer(ScopedModelSerializer):
    station = serializers.IntegerField(source="unit_id", read_only=True)
    station_name = serializers.CharField(source="unit.name", read_only=True)

    class Meta:
        model = Import
        fields = [
            "id", "kind", "station", "station_name", "file_name", "sha256", "state", "actions", "answers", "rows_written",
            "created_at", "applied_at", "undone_at",
        ]  # fmt: skip

    def to_representation(self, instance: Import) -> dict:
        """In a list without the preview, which may be long; alone with it."""
        shown = super().to_representation(instance)
        return shown if self.parent else {**shown, **instance.preview}


class AnswersSerializer(StrictSerializer):
    answers = serializers.DictField(child=serializers.CharField(max_length=60), default=dict)


class ApplySerializer(AnswersSerializer):
    rows = OneOfField(choices=["all", "good"], default="all")
