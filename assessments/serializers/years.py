"""How the assessment of a year is shown and planned."""

from __future__ import annotations

from rest_framework import serializers

from assessments.models import Cycle
from culture_admin.interfaces.fields import DayField, ScopedRelatedField, YesNoField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField
from culture_admin.scoring.models import Scheme


class CycleSerializer(ScopedModelSerializer):
    scheme = ScopedRelatedField(queryset=Scheme.objects.select_related("place"))
    scheme_name = serializers.CharField(source="scheme.name", read_only=True)
    place = serializers.IntegerField(source="place_id", read_only=True)
    place_name = serializers.CharField(source="place.name", read_only=True)
    year = serializers.IntegerField(read_only=True)
    subject = serializers.CharField(read_only=True)
    snapshot = serializers.IntegerField(source="snapshot_id", read_only=True)

    class Meta:
        model = Cycle
        fields = [
            "id", "scheme", "scheme_name", "place", "place_name", "year", "subject", "self_until", "document", "document_on",
            "snapshot", "publicised_on", "objections_until", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["publicised_on", "objections_until", "state"]
        fixed = ["scheme"]


class AdoptSerializer(StrictSerializer):
    """Why another edition is taken over."""

    reason = LineField(max_length=200)


class InterimSerializer(StrictSerializer):
    """Until when an interim ranking counts, and whether those assessed see it."""

    until = DayField()
    reason = LineField(max_length=300, required=False, default="")
    shown = YesNoField(required=False, default=True)
