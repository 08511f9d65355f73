"""How seats of assessors and their marks are shown and entered."""

from __future__ import annotations

from rest_framework import serializers

from assessments.models import Assessment, Mark, PanelSeat
from culture_admin.interfaces.fields import ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer
from culture_admin.interfaces.text import LineField
from culture_admin.scoring.serializers import NumbersField

SEATS = PanelSeat.objects.select_related("assessment__division", "assessment__unit", "assessment__cycle__scheme")


class PanelSeatSerializer(ScopedModelSerializer):
    assessment = ScopedRelatedField(
        queryset=Assessment.objects.select_related("division", "unit", "cycle__scheme"), scope=Assessment.scope
    )
    unit_name = serializers.CharField(source="assessment.unit.name", read_only=True)
    assessor = LineField(source="assessor.username", max_length=60)
    assessor_name = serializers.CharField(source="assessor.name", read_only=True)

    class Meta:
        model = PanelSeat
        fields = [
            "id", "assessment", "unit_name", "assessor", "assessor_name", "visit_on", "recorded_at", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["recorded_at", "state"]


class MarkSerializer(ScopedModelSerializer):
    seat = ScopedRelatedField(queryset=SEATS)
    numbers = NumbersField()

    class Meta:
        model = Mark
        fields = ["id", "seat", "code", "found", "numbers", "note", "client_uuid", "marked_at"]
        fixed = ["seat", "code", "client_uuid"]
        extra_kwargs = {"client_uuid": {"required": False}, "marked_at": {"required": False}}
