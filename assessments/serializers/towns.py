"""How a town's assessment, its items and their evidence are shown and entered."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from assessments.models import Assessment, Evidence, Item
from culture_admin.exchange.models import Attachment
from culture_admin.interfaces.fields import AmountField, ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.scoring.serializers import NumbersField

ITEMS = Item.objects.select_related("assessment__division", "assessment__unit", "assessment__cycle__scheme")


class AssessmentSerializer(ScopedModelSerializer):
    cycle = serializers.IntegerField(source="cycle_id", read_only=True)
    year = serializers.IntegerField(source="cycle.year", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    division_code = serializers.CharField(source="division.code", read_only=True)

    class Meta:
        model = Assessment
        fields = [
            "id", "cycle", "year", "unit", "unit_name", "division", "division_code", "station", "group", "filed_at", "state",
            "actions",
        ]  # fmt: skip
        read_only_fields = ["unit", "division", "station", "group", "state"]


class ItemSerializer(ScopedModelSerializer):
    assessment = serializers.IntegerField(source="assessment_id", read_only=True)
    label: Any = serializers.SerializerMethodField()
    claimed_numbers = NumbersField()
    reviewed_numbers = NumbersField()

    class Meta:
        model = Item
        fields = [
            "id", "assessment", "code", "label", "claimed", "claimed_numbers", "note", "reviewed", "reviewed_numbers", "remark",
        ]  # fmt: skip
        read_only_fields = ["code"]

    def get_label(self, item: Item) -> str:
        """What the scheme calls the indicator."""
        table = item.assessment.cycle.scheme.content.table
        return next((str(one.label) for _section, one in table.indicators() if one.code == item.code), "")


class EvidenceSerializer(ScopedModelSerializer):
    item = ScopedRelatedField(queryset=ITEMS)
    attachment = ScopedRelatedField(queryset=Attachment.objects.select_related("unit"))
    name = serializers.CharField(source="attachment.name", read_only=True)

    class Meta:
        model = Evidence
        fields = ["id", "item", "attachment", "name", "page", "happened_on", "note", "withdrawn", "recorded_at"]
        read_only_fields = ["withdrawn", "recorded_at"]


class CheckpointSerializer(StrictSerializer):
    """One thing a reviewer would find. weight: `stop` stands against handing over."""

    name = serializers.CharField()
    weight = serializers.CharField()
    text = serializers.CharField()
    room = serializers.CharField()
    code = serializers.CharField()


class MissingSerializer(StrictSerializer):
    """So much more of an indicator earns so many more points."""

    code = serializers.CharField()
    label: Any = serializers.CharField()
    missing = AmountField(max_digits=26, decimal_places=12)
    gain = AmountField(max_digits=26, decimal_places=12)
    whole = AmountField(max_digits=26, decimal_places=12)
    unit = serializers.CharField()
    days_left = serializers.IntegerField()


class SupposedSerializer(StrictSerializer):
    """A score and place as they are, and as they would be."""

    assessment = serializers.IntegerField()
    unit_name = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()
    place_before = serializers.IntegerField(allow_null=True)
    place_after = serializers.IntegerField(allow_null=True)


class RehearsedSerializer(StrictSerializer):
    """A rehearsal: nothing of it is written."""

    rehearsal = serializers.BooleanField()
    rows = SupposedSerializer(many=True)
    overtaken = serializers.ListField(child=serializers.IntegerField())
    overtaking = serializers.ListField(child=serializers.IntegerField())

    @staticmethod
    def said(rehearsed: Any) -> dict[str, Any]:
        """The rehearsal as plain values, the best first."""
        rows = [
            {
                "assessment": pk,
                "unit_name": one.unit.name,
                "before": str(rehearsed.before[pk]),
                "after": str(rehearsed.after[pk]),
                "place_before": rehearsed.place_before[pk],
                "place_after": rehearsed.place_after[pk],
            }
            for pk, one in rehearsed.assessments.items()
        ]
        rows.sort(key=lambda row: (row["place_after"] is None, row["place_after"], row["assessment"]))
        return {
            "rehearsal": True,
            "rows": rows,
            "overtaken": [one.pk for one in rehearsed.overtaken],
            "overtaking": [one.pk for one in rehearsed.overtaking],
        }
