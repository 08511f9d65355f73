"""How orders from the menu are shown and placed."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.accounts.scope import Scope
from culture_admin.interfaces.fields import DayField, ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import TextField
from stations.models import Station
from stewards.models import ServiceLine, ServiceOrder

# A town orders for its own station.
ORDERED_FOR = Scope("stewards.orders", place="division__path", station="pk", firm="coverage__contract__firm")


class ServiceOrderSerializer(ScopedModelSerializer):
    line = ScopedRelatedField(queryset=ServiceLine.objects.select_related("contract"))
    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division"), scope=ORDERED_FOR)
    item = serializers.CharField(source="line.item", read_only=True)
    unit = serializers.CharField(source="line.unit", read_only=True)
    station_name = serializers.CharField(source="station.name", read_only=True)

    class Meta:
        model = ServiceOrder
        fields = [
            "id", "line", "item", "contract", "firm", "station", "station_name", "village", "quantity", "unit", "what",
            "people", "wanted_on", "agreed_on", "ordered_at", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["contract", "firm", "agreed_on", "ordered_at", "state"]


class AgreeSerializer(StrictSerializer):
    """agreed_on: the day the firm comes; without one it is the day that is wanted."""

    agreed_on = DayField(required=False, allow_null=True)
    comment = TextField(required=False, allow_blank=True, max_length=2000, default="")
