"""How safety checks, complaints and the facts of a year are shown and entered."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.interfaces.fields import AmountField, DayField, OneOfField, ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField
from stations.actions.complaints import ANSWERED_BY_TOWN
from stations.actions.yearly import CHANGEABLE
from stations.models import Complaint, SafetyCheck, Station, YearlyFacts
from stations.models.safety import Item, Result

RECEIVED = ("received_on", "channel", "about", "text", "working_days")


class SafetyItemSerializer(StrictSerializer):
    item = OneOfField(choices=Item.choices)
    result = OneOfField(choices=Result.choices)
    remark = LineField(required=False, allow_blank=True, max_length=200)


class SafetyCheckSerializer(ScopedModelSerializer):
    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division", "county"))
    station_name = serializers.CharField(source="station.name", read_only=True)
    items = SafetyItemSerializer(many=True)

    class Meta:
        model = SafetyCheck
        fields = [
            "id", "station", "station_name", "checked_on", "by", "checker", "items", "failed", "note", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["failed", "state"]


class ComplaintSerializer(ScopedModelSerializer):
    """Name and contact are taken and sealed; they are never shown here."""

    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division", "county"))
    station_name = serializers.CharField(source="station.name", read_only=True)
    name = LineField(required=False, allow_blank=True, max_length=60, write_only=True)
    contact = LineField(required=False, allow_blank=True, max_length=60, write_only=True)
    due_on = DayField(read_only=True, allow_null=True, default=None)

    class Meta:
        model = Complaint
        fields = [
            "id", "station", "station_name", *RECEIVED, "name", "contact", "due_on", *ANSWERED_BY_TOWN, "answered_on",
            "closed_on", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["answered_on", "closed_on", "state"]
        fixed = ["station", *RECEIVED, "name", "contact"]

    def get_fields(self):
        """The answer comes later, from the town."""
        fields = super().get_fields()
        if self.instance is None:
            for name in ANSWERED_BY_TOWN:
                fields[name].read_only = True
        return fields


class YearlyFactsSerializer(ScopedModelSerializer):
    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division", "county"))
    station_name = serializers.CharField(source="station.name", read_only=True)
    income = AmountField(max_digits=16, decimal_places=2, read_only=True, allow_null=True)
    expenditure = AmountField(max_digits=16, decimal_places=2, read_only=True, allow_null=True)

    class Meta:
        model = YearlyFacts
        fields = [
            "id", "station", "station_name", "year", *CHANGEABLE, "income", "expenditure", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["state"]
        fixed = ["station", "year"]

    def get_fields(self):
        """A year is opened first, and its facts are entered then."""
        fields = super().get_fields()
        if self.instance is None:
            for name in CHANGEABLE:
                fields[name].read_only = True
        return fields
