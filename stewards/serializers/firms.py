"""How firms, their people and their stewards are shown."""

from __future__ import annotations

from django.utils import timezone
from rest_framework import serializers

from culture_admin.interfaces.fields import ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField
from culture_admin.territory.models import Division
from stewards.actions.firms import OF_FIRM
from stewards.models import Firm, PoolMember, Steward
from stewards.qualifying import lacks_of

FIRMS = Firm.objects.select_related("unit__division")


class FirmSerializer(ScopedModelSerializer):
    name = serializers.CharField(read_only=True)
    county = serializers.IntegerField(source="unit.division_id", read_only=True)
    division = ScopedRelatedField(queryset=Division.objects.all(), write_only=True)
    name_zh = LineField(max_length=100, write_only=True)
    name_en = LineField(max_length=150, write_only=True, required=False, allow_blank=True)

    class Meta:
        model = Firm
        fields = ["id", "name", "county", "division", "name_zh", "name_en", *OF_FIRM]
        fixed = ["division", "name_zh", "name_en"]


class PoolMemberSerializer(ScopedModelSerializer):
    firm = ScopedRelatedField(queryset=FIRMS)
    firm_name = serializers.CharField(source="firm.name", read_only=True)

    class Meta:
        model = PoolMember
        fields = ["id", "firm", "firm_name", "kind", "name", "genres", "title", "valid_from", "valid_to"]
        fixed = ["firm"]


class LackSerializer(StrictSerializer):
    """An item of the service standard that is not met, and what is missing."""

    item = serializers.CharField(read_only=True)
    text = serializers.CharField(read_only=True)


class StewardSerializer(ScopedModelSerializer):
    firm = ScopedRelatedField(queryset=FIRMS)
    firm_name = serializers.CharField(source="firm.name", read_only=True)
    lacks = serializers.SerializerMethodField()

    class Meta:
        model = Steward
        fields = ["id", "name", "firm", "firm_name", "speciality", "degree", "genres", "lacks"]
        fixed = ["firm"]

    def get_lacks(self, steward: Steward) -> list[dict[str, str]]:
        """What is missing today by the service standard, B1 to B7."""
        return [{"item": lack.item, "text": lack.text} for lack in lacks_of(steward, timezone.localdate())]
