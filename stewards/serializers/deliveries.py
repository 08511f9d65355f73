"""How deliveries, what is done of a contract, and what residents say of it are shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from culture_admin.interfaces.fields import ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField
from stewards.burning import Burn
from stewards.models import Delivery, LineAlert, ServiceLine
from stewards.sources import SOURCES
from stewards.voice import Voice, Voices

NUMBER = {"max_digits": 16, "decimal_places": 4, "normalize_output": True, "read_only": True}


class RecordSerializer(serializers.Serializer):
    """What was served: the kind of record, its key, and as far as the reader may see it its name and its address."""

    kind = serializers.CharField()
    id = serializers.IntegerField()
    name = serializers.CharField(allow_null=True)
    url = serializers.CharField(allow_null=True)


class DeliverySerializer(ScopedModelSerializer):
    line_number = serializers.IntegerField(source="line.number", read_only=True)
    item = serializers.CharField(source="line.item", read_only=True)
    station_name = serializers.CharField(source="station.name", read_only=True)
    steward_name = serializers.CharField(source="steward.name", read_only=True, allow_null=True)
    quantity = serializers.DecimalField(**NUMBER)
    unit = serializers.CharField(source="line.unit", read_only=True)
    standing = serializers.SerializerMethodField()
    record = serializers.SerializerMethodField()

    class Meta:
        model = Delivery
        fields = [
            "id", "contract", "line", "line_number", "item", "station", "station_name", "firm", "steward", "steward_name",
            "order", "on", "quantity", "unit", "record", "standing", "moved_for", "posted_at", "reversed_at", "reversed_for",
        ]  # fmt: skip
        read_only_fields = fields

    def get_standing(self, delivery: Delivery) -> bool:
        return delivery.reversed_at is None

    @extend_schema_field(RecordSerializer)
    def get_record(self, delivery: Any) -> dict[str, object]:
        source, record = SOURCES[delivery.source_kind], delivery.record
        address = f"/api/v1/{source.records}/{delivery.source_id}/" if record and source.records else None
        named = str(record) if record else None
        return {"kind": delivery.source_kind, "id": delivery.source_id, "name": named, "url": address}


class MoveSerializer(StrictSerializer):
    """line: another one of the same contract. reason: why it counts there."""

    line = ScopedRelatedField(queryset=ServiceLine.objects.select_related("contract"))
    reason = LineField(max_length=200)


class LineAlertSerializer(ScopedModelSerializer):
    line_number = serializers.IntegerField(source="line.number", read_only=True)
    item = serializers.CharField(source="line.item", read_only=True)

    class Meta:
        model = LineAlert
        fields = ["id", "contract", "line", "line_number", "item", "level", "reached_at", "state"]
        read_only_fields = fields


class BurnSerializer(serializers.Serializer):
    """A line of a contract on a day; numbers are text in the unit of the line, `share` of 1."""

    line = serializers.IntegerField()
    number = serializers.IntegerField()
    item = serializers.CharField()
    station = serializers.IntegerField(allow_null=True)
    unit = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()
    target = serializers.CharField()
    done = serializers.CharField()
    share = serializers.CharField()
    left = serializers.CharField()
    expected = serializers.CharField(help_text="What time would lead to expect.")
    forecast = serializers.CharField(allow_null=True, help_text="On the last day, if it goes on so.")
    behind = serializers.BooleanField()
    records = serializers.IntegerField()
    level = serializers.ChoiceField(choices=["", "75", "80", "90", "100"])

    @staticmethod
    def said(burn: Burn) -> dict[str, object]:
        line = burn.line
        of_line = {
            "line": line.pk,
            "number": line.number,
            "item": line.item,
            "station": line.station_id,
            "unit": line.unit,
            "first": line.first.isoformat(),
            "last": line.last.isoformat(),
        }
        numbers = {
            name: _text(getattr(burn, name)) for name in ("target", "done", "share", "left", "expected", "forecast")
        }
        return {**of_line, **numbers, "behind": burn.behind, "records": burn.records, "level": burn.level}


class BurnDownSerializer(serializers.Serializer):
    contract = serializers.IntegerField()
    on = serializers.DateField()
    lines = BurnSerializer(many=True)


class VoiceSerializer(serializers.Serializer):
    """quarter: such as 2026-Q2. mean: of answers from 1 to 5, as text. few: fewer than 10 answers, the mean says little."""

    quarter = serializers.CharField()
    mean = serializers.CharField(allow_null=True)
    answers = serializers.IntegerField()
    unknown = serializers.IntegerField()
    few = serializers.BooleanField()

    @staticmethod
    def said(voice: Voice) -> dict[str, object]:
        return {
            "quarter": voice.quarter,
            "mean": _text(voice.mean),
            "answers": voice.answers,
            "unknown": voice.unknown,
            "few": voice.few,
        }


class VoicesSerializer(serializers.Serializer):
    contract = serializers.IntegerField()
    quarters = VoiceSerializer(many=True)
    total = VoiceSerializer()
    method = serializers.CharField()

    @staticmethod
    def said(contract: int, voices: Voices) -> dict[str, object]:
        return {
            "contract": contract,
            "quarters": [VoiceSerializer.said(one) for one in voices.quarters],
            "total": VoiceSerializer.said(voices.total),
            "method": voices.method,
        }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
