"""How postings are shown, proposed and entered."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.accounts.scope import Scope
from culture_admin.interfaces.fields import DayField, ScopedRelatedField, WholeNumberField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField, TextField
from stations.models import Station
from stewards.actions.posting_rules import warnings_of
from stewards.models import Contract, Posting, Steward

# A firm names the towns that one of its contracts covers.
POSTED_TO = Scope("stewards", place="division__path", station="pk", firm="coverage__contract__firm")
MOST_VILLAGES = 100
STEWARDS = Steward.objects.select_related("firm__unit")


class PostingSerializer(ScopedModelSerializer):
    steward = ScopedRelatedField(queryset=STEWARDS)
    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division"), scope=POSTED_TO)
    contract = ScopedRelatedField(queryset=Contract.objects.all(), required=False, allow_null=True)
    villages = serializers.ListField(
        child=WholeNumberField(min_value=1), required=False, max_length=MOST_VILLAGES, allow_empty=True
    )
    steward_name = serializers.CharField(source="steward.name", read_only=True)
    station_name = serializers.CharField(source="station.name", read_only=True)
    notes = serializers.SerializerMethodField()

    class Meta:
        model = Posting
        fields = [
            "id", "steward", "steward_name", "firm", "contract", "station", "station_name", "full_time", "valid_from",
            "valid_to", "town_days", "district_days", "villages", "supervisor", "replaces", "handover_on", "handover_note",
            "notes", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["firm", "replaces", "handover_on", "handover_note", "state"]

    def get_notes(self, posting: Posting) -> list[str]:
        """What is worth knowing besides: where else the steward serves at the same time."""
        return warnings_of(posting)


class EndStewardPostingSerializer(StrictSerializer):
    """valid_to: the first day he is not there any more."""

    valid_to = DayField()


class ReplaceSerializer(StrictSerializer):
    """Who takes over, from which day on, by when it is handed over, and why."""

    steward = ScopedRelatedField(queryset=STEWARDS)
    on = DayField()
    handover_on = DayField(required=False, allow_null=True)
    note = TextField(required=False, allow_blank=True, max_length=500, default="")


class HandOverSerializer(StrictSerializer):
    """What was handed over."""

    note = LineField(max_length=500)
