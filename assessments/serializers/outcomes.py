"""How objections, awards, their payments and re-checks are shown and entered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from assessments.actions.objections import Touched
from assessments.models import Assessment, Award, AwardPayment, Objection, Recheck
from culture_admin.interfaces.fields import AmountField, ScopedRelatedField
from culture_admin.interfaces.money import DIGITS
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField
from culture_admin.scoring.serializers import NumbersField

ASSESSMENTS = Assessment.objects.select_related("division", "unit", "cycle__scheme", "cycle__place")
YUAN = {"max_digits": DIGITS, "decimal_places": 2}


class ObjectionSerializer(ScopedModelSerializer):
    assessment = ScopedRelatedField(queryset=ASSESSMENTS)
    unit_name = serializers.CharField(source="assessment.unit.name", read_only=True)
    record = serializers.IntegerField(source="record_id", required=False, allow_null=True)
    asked_numbers = NumbersField()
    moved = serializers.JSONField(read_only=True)
    before = serializers.IntegerField(source="before_id", read_only=True)
    after = serializers.IntegerField(source="after_id", read_only=True)

    class Meta:
        model = Objection
        fields = [
            "id", "assessment", "unit_name", "code", "wants", "record", "record_text", "metric", "asked", "asked_numbers",
            "grounds", "moved", "before", "after", "filed_at", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["record_text", "state"]
        extra_kwargs = {"metric": {"read_only": False, "required": False}}


class TouchedSerializer(StrictSerializer):
    """Somebody an upheld objection touches: score and place before and after, and how many records of his are alike."""

    assessment = serializers.IntegerField()
    unit_name = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()
    place_before = serializers.IntegerField(allow_null=True)
    place_after = serializers.IntegerField(allow_null=True)
    same_reason = serializers.IntegerField()

    @staticmethod
    def said(line: Touched) -> dict[str, Any]:
        """The line as plain values."""
        return {
            "assessment": line.assessment.pk,
            "unit_name": line.assessment.unit.name,
            "before": str(line.total[0]),
            "after": str(line.total[1]),
            "place_before": line.place[0],
            "place_after": line.place[1],
            "same_reason": line.same_reason,
        }


class AwardSerializer(ScopedModelSerializer):
    assessment = serializers.IntegerField(source="assessment_id", read_only=True)
    unit_name = serializers.CharField(source="assessment.unit.name", read_only=True)
    paid = AmountField(**YUAN, read_only=True)

    class Meta:
        model = Award
        fields = [
            "id", "assessment", "unit_name", "title", "amount", "paid", "document", "granted_on", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["title", "amount", "document", "granted_on", "state"]


class AwardPaymentSerializer(ScopedModelSerializer):
    award = ScopedRelatedField(queryset=Award.objects.select_related("assessment__division", "assessment__unit"))
    amount = AmountField(**YUAN, min_value=Decimal("0.01"))
    document = LineField(max_length=120)
    reversed = serializers.BooleanField(source="is_reversed", read_only=True)

    class Meta:
        model = AwardPayment
        fields = ["id", "award", "amount", "on", "document", "reverses", "reason", "reversed", "recorded_at"]
        read_only_fields = ["reverses", "reason", "recorded_at"]


class RecheckSerializer(ScopedModelSerializer):
    assessment = ScopedRelatedField(queryset=ASSESSMENTS)
    unit_name = serializers.CharField(source="assessment.unit.name", read_only=True)

    class Meta:
        model = Recheck
        fields = ["id", "assessment", "unit_name", "title", "due_on", "state", "actions"]
        read_only_fields = ["title", "state"]
