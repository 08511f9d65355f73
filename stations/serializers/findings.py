"""How findings are shown and opened."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.interfaces.fields import DayField, OneOfField, ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer
from stations.actions.findings import STATION, TOWN
from stations.models import Finding, Station


class FindingSerializer(ScopedModelSerializer):
    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division"))
    station_name = serializers.CharField(source="station.name", read_only=True)
    opened_on = DayField(required=False)
    due_on = DayField(required=False)
    owed_by = OneOfField(choices=[STATION, TOWN], required=False, write_only=True)
    debtor_name = serializers.CharField(source="debtor.name", read_only=True)
    subject_kind = serializers.CharField(source="subject_type.model", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Finding
        fields = [
            "id", "station", "station_name", "kind", "what", "basis", "debtor", "debtor_name", "owed_by", "opened_on", "due_on",
            "rectified_on", "closed_on", "subject_kind", "subject_id", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["debtor", "rectified_on", "closed_on", "subject_id", "state"]
