"""How the credit file of a firm is shown: penalties, standings, and what its stewards show of themselves."""

from __future__ import annotations

from django.utils import timezone
from rest_framework import serializers

from culture_admin.interfaces.fields import ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer
from stewards.models import FirmStanding, Penalty, Qualification, Steward
from stewards.qualifying import is_expired
from stewards.serializers.firms import FIRMS


class PenaltySerializer(ScopedModelSerializer):
    firm = ScopedRelatedField(queryset=FIRMS)
    firm_name = serializers.CharField(source="firm.name", read_only=True)

    class Meta:
        model = Penalty
        fields = [
            "id", "firm", "firm_name", "what", "authority", "document", "serious", "valid_from", "valid_to", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["state"]


class QualificationSerializer(ScopedModelSerializer):
    steward = ScopedRelatedField(queryset=Steward.objects.select_related("firm__unit__division"))
    steward_name = serializers.CharField(source="steward.name", read_only=True)
    expired = serializers.SerializerMethodField()

    class Meta:
        model = Qualification
        fields = [
            "id", "steward", "steward_name", "firm", "kind", "name", "issuer", "hours", "valid_from", "valid_to", "expired",
            "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["firm", "state"]

    def get_expired(self, shown: Qualification) -> bool:
        return is_expired(shown, timezone.localdate())


class FirmStandingSerializer(ScopedModelSerializer):
    firm_name = serializers.CharField(source="firm.name", read_only=True)

    class Meta:
        model = FirmStanding
        fields = ["id", "firm", "firm_name", "year", "standing", "score", "note"]
        read_only_fields = fields
