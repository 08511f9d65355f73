"""How budgets, instalments, payments, spendings and changes of purpose are shown and entered."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone
from rest_framework import serializers

from culture_admin.interfaces.fields import (
    AmountField,
    DayField,
    OneOfField,
    ScopedRelatedField,
    WholeNumberField,
    YesNoField,
)
from culture_admin.interfaces.money import DIGITS
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField
from stations.models import Appropriation, Budget, Instalment, Purpose, PurposeChange, Spending, Station
from stations.models.budgets import FIRST_YEAR, LAST_YEAR

STATIONS = Station.objects.select_related("unit", "division", "county")


class YuanField(AmountField):
    """Yuan with two decimals, as text."""

    def __init__(self, **kwargs):
        super().__init__(**({"max_digits": DIGITS, "decimal_places": 2} | kwargs))


class BudgetLineSerializer(StrictSerializer):
    """A line as it is entered, and what has become of it."""

    purpose = OneOfField(choices=Purpose.choices)
    amount = YuanField(min_value=Decimal(0))
    locked = YesNoField(default=False)
    moved = YuanField(read_only=True)
    available = YuanField(read_only=True)
    spent = YuanField(read_only=True)
    left = YuanField(read_only=True)


class PlannedSerializer(StrictSerializer):
    """An instalment as it is entered, and what has become of it."""

    id = serializers.IntegerField(source="pk", read_only=True)
    number = serializers.IntegerField(read_only=True)
    due_on = DayField()
    amount = YuanField(min_value=Decimal("0.01"))
    paid = YuanField(read_only=True)
    paid_in_time = YuanField(read_only=True)
    completed_on = DayField(read_only=True, allow_null=True)
    days_late = serializers.SerializerMethodField()

    def get_days_late(self, instalment: Instalment) -> int:
        return instalment.days_late(timezone.localdate())


class BudgetSerializer(ScopedModelSerializer):
    station = ScopedRelatedField(queryset=STATIONS)
    station_name = serializers.CharField(source="station.name", read_only=True)
    lines = BudgetLineSerializer(many=True)
    instalments = PlannedSerializer(many=True)
    total = YuanField(read_only=True)

    class Meta:
        model = Budget
        fields = [
            "id", "station", "station_name", "year", "revision", "document", "reason", "total", "lines", "instalments",
            "filed_at", "committed_on", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["revision", "filed_at", "committed_on", "state"]


class DifferenceSerializer(StrictSerializer):
    """One thing a revision says otherwise than the budget before it; null where one of them says nothing."""

    what = serializers.CharField()
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)


class InstalmentSerializer(ScopedModelSerializer):
    station = serializers.IntegerField(source="budget.station_id", read_only=True)
    station_name = serializers.CharField(source="budget.station.name", read_only=True)
    year = serializers.IntegerField(source="budget.year", read_only=True)
    paid = YuanField(read_only=True)
    paid_in_time = YuanField(read_only=True)
    completed_on = DayField(read_only=True, allow_null=True)
    days_late = serializers.SerializerMethodField()

    class Meta:
        model = Instalment
        fields = [
            "id", "budget", "station", "station_name", "year", "number", "due_on", "amount", "paid", "paid_in_time",
            "completed_on", "days_late",
        ]  # fmt: skip
        read_only_fields = fields

    def get_days_late(self, instalment: Instalment) -> int:
        return instalment.days_late(timezone.localdate())


class EntrySerializer(ScopedModelSerializer):
    """What payments and spendings have in common."""

    station = ScopedRelatedField(queryset=STATIONS)
    station_name = serializers.CharField(source="station.name", read_only=True)
    amount = YuanField()
    late_reason = LineField(required=False, allow_blank=True, max_length=200, write_only=True)
    reversed_by = serializers.IntegerField(source="reversal.pk", read_only=True, allow_null=True, default=None)


ENTERED = ["station", "year", "amount", "on", "document", "note"]
FOLLOWING = ["late", "reason", "reverses", "recorded_at"]


class AppropriationSerializer(EntrySerializer):
    instalment = ScopedRelatedField(queryset=Instalment.objects.all(), required=False, allow_null=True)

    class Meta:
        model = Appropriation
        fields = ["id", *ENTERED, "station_name", "instalment", "late_reason", *FOLLOWING, "reversed_by"]
        read_only_fields = FOLLOWING


class SpendingSerializer(EntrySerializer):
    class Meta:
        model = Spending
        fields = ["id", *ENTERED, "station_name", "purpose", "over", "late_reason", *FOLLOWING, "reversed_by"]
        read_only_fields = ["over", *FOLLOWING]


class PurposeChangeSerializer(ScopedModelSerializer):
    station = ScopedRelatedField(queryset=STATIONS)
    station_name = serializers.CharField(source="station.name", read_only=True)
    year = WholeNumberField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    amount = YuanField()

    class Meta:
        model = PurposeChange
        fields = [
            "id", "station", "station_name", "year", "budget", "from_purpose", "to_purpose", "amount", "reason", "document",
            "filed_at", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["budget", "filed_at", "state"]
