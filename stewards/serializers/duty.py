"""How days on duty and absences are shown and filed."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.interfaces.fields import ScopedRelatedField, StrictUUIDField
from culture_admin.interfaces.serializers import ScopedModelSerializer
from stewards.models import Absence, DutyDay, Posting

POSTINGS = Posting.objects.select_related("steward", "station__unit", "station__division")


class DutyDaySerializer(ScopedModelSerializer):
    posting = ScopedRelatedField(queryset=POSTINGS)
    client_uuid = StrictUUIDField(required=False)
    steward_name = serializers.CharField(source="steward.name", read_only=True)
    station_name = serializers.CharField(source="station.name", read_only=True)

    class Meta:
        model = DutyDay
        fields = [
            "id", "client_uuid", "posting", "steward", "steward_name", "firm", "station", "station_name", "division",
            "county", "day", "halves", "where", "village", "arrived", "left", "latitude", "longitude", "tasks", "late",
            "device_at", "recorded_at", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["steward", "firm", "station", "division", "county", "late", "recorded_at", "state"]
        fixed = ["posting", "client_uuid", "device_at"]


class AbsenceSerializer(ScopedModelSerializer):
    posting = ScopedRelatedField(queryset=POSTINGS)
    steward_name = serializers.CharField(source="steward.name", read_only=True)
    station_name = serializers.CharField(source="station.name", read_only=True)

    class Meta:
        model = Absence
        fields = [
            "id", "posting", "steward", "steward_name", "firm", "station", "station_name", "kind", "first", "last", "reason",
            "recorded_at", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["steward", "firm", "station", "recorded_at", "state"]
        extra_kwargs = {"kind": {"required": False}}
