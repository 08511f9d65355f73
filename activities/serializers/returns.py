"""How the visits of a day and the return of a month are shown and entered."""

from __future__ import annotations

from rest_framework import serializers

from activities.models import MonthlyReturn, OpeningVisits
from activities.serializers.activities import EntryStationField
from culture_admin.interfaces.serializers import ScopedModelSerializer


class OpeningVisitsSerializer(ScopedModelSerializer):
    station = EntryStationField("activities.visits")
    station_name = serializers.CharField(source="station.name", read_only=True)

    class Meta:
        model = OpeningVisits
        fields = ["id", "station", "on", "visitors", "estimated", "division", "county", "recorded_at", "station_name"]
        read_only_fields = ["division", "county", "recorded_at"]
        fixed = ["station", "on"]


class MonthlyReturnSerializer(ScopedModelSerializer):
    """`month` is its first day; `filed` holds the figures as the head confirmed them, by metric."""

    station = EntryStationField("activities.returns")
    station_name = serializers.CharField(source="station.name", read_only=True)
    filed = serializers.DictField(child=serializers.FloatField(allow_null=True), read_only=True, allow_null=True)

    class Meta:
        model = MonthlyReturn
        fields = [
            "id", "station", "month", "zero", "filed", "filed_at", "division", "county", "state", "station_name", "actions",
        ]  # fmt: skip
        read_only_fields = ["zero", "filed_at", "division", "county", "state"]
