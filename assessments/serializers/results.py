"""How computations, results and every point of a score are shown."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from assessments.comparing import Change
from assessments.explaining import Records
from assessments.models import Computation, IndicatorScore, Result
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.statistics.snapshots import plain


class ComputationSerializer(ScopedModelSerializer):
    cycle = serializers.IntegerField(source="cycle_id", read_only=True)
    snapshot = serializers.IntegerField(source="snapshot_id", read_only=True)

    class Meta:
        model = Computation
        fields = ["id", "cycle", "number", "kind", "until", "reason", "snapshot", "digest", "taken_at", "shown_at"]
        read_only_fields = fields


class ResultSerializer(ScopedModelSerializer):
    computation = serializers.IntegerField(source="computation_id", read_only=True)
    assessment = serializers.IntegerField(source="assessment_id", read_only=True)
    unit_name = serializers.CharField(source="assessment.unit.name", read_only=True)
    division_code = serializers.CharField(source="assessment.division.code", read_only=True)
    group = serializers.CharField(source="assessment.group", read_only=True)
    vetoes = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Result
        fields = [
            "id", "computation", "assessment", "unit_name", "division_code", "group", "total", "place", "among", "title",
            "known", "asked", "vetoes",
        ]  # fmt: skip
        read_only_fields = ["total", "place", "among", "title", "known", "asked"]


class IndicatorScoreSerializer(ScopedModelSerializer):
    result = serializers.IntegerField(source="result_id", read_only=True)
    assessment = serializers.IntegerField(source="result.assessment_id", read_only=True)
    numbers = serializers.SerializerMethodField()

    class Meta:
        model = IndicatorScore
        fields = [
            "id", "result", "assessment", "node", "section", "code", "standing", "numbers", "numerator", "denominator",
            "yardstick", "effect", "points",
        ]  # fmt: skip
        read_only_fields = [name for name in fields if name != "id"]

    def get_numbers(self, line: IndicatorScore) -> list[str]:
        return [plain(number) for number in line.numbers]


class BehindSerializer(StrictSerializer):
    """A record behind a number: what it adds, or why it does not count."""

    id = serializers.IntegerField()
    text = serializers.CharField()
    amount = serializers.CharField(allow_null=True)
    code = serializers.CharField()
    reason = serializers.CharField()
    changed_since = serializers.BooleanField()


class RecordsSerializer(StrictSerializer):
    """The records behind one side of a number."""

    metric = serializers.CharField()
    label: Any = serializers.CharField()
    total = serializers.CharField()
    number = serializers.IntegerField()
    number_uncounted = serializers.IntegerField()
    address = serializers.CharField(allow_null=True)
    counted = BehindSerializer(many=True)
    uncounted = BehindSerializer(many=True)

    @staticmethod
    def said(records: Records) -> dict[str, Any]:
        """The rows as plain values."""
        behind = records.behind
        counted = [
            _row(one.row, records, amount=None if one.amount is None else str(one.amount)) for one in behind.counted
        ]
        uncounted = [_row(one.row, records, code=one.code, reason=one.reason) for one in behind.uncounted]
        return {
            "metric": records.metric,
            "label": records.label,
            "total": str(behind.total),
            "number": behind.number,
            "number_uncounted": behind.number_uncounted,
            "address": behind.address,
            "counted": counted,
            "uncounted": uncounted,
        }


def _row(row: Any, records: Records, amount: str | None = None, code: str = "", reason: str = "") -> dict[str, Any]:
    return {
        "id": row.pk,
        "text": str(row),
        "amount": amount,
        "code": code,
        "reason": reason,
        "changed_since": row.pk in records.late,
    }


class ChangeSerializer(StrictSerializer):
    """Points of an indicator last year and this year; by_rule is what a changed rule makes of it, the rest was done."""

    code = serializers.CharField()
    label: Any = serializers.CharField()
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)
    change = serializers.CharField()
    by_rule = serializers.CharField(allow_null=True)

    @staticmethod
    def said(change: Change) -> dict[str, Any]:
        """The change as plain values."""
        numbers = {name: getattr(change, name) for name in ("before", "after", "change", "by_rule")}
        written = {name: None if value is None else plain(value) for name, value in numbers.items()}
        return {"code": change.code, "label": change.label, **written}
