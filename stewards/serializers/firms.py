"""How firms and stewards are shown."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.interfaces.serializers import ScopedModelSerializer
from stewards.models import Firm, Steward


class FirmSerializer(ScopedModelSerializer):
    name = serializers.CharField(read_only=True)

    class Meta:
        model = Firm
        fields = ["id", "name", "uscc", "manager"]


class StewardSerializer(ScopedModelSerializer):
    firm_name = serializers.CharField(source="firm.name", read_only=True)

    class Meta:
        model = Steward
        fields = ["id", "name", "firm", "firm_name", "speciality"]
