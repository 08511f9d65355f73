"""How teams and their stars are shown and entered."""

from __future__ import annotations

from rest_framework import serializers

from activities.actions.teams import CHANGEABLE
from activities.models import Genre, Team, TeamStar
from activities.serializers.activities import EntryStationField
from culture_admin.interfaces.codes import CodeField
from culture_admin.interfaces.personal import MaskedField
from culture_admin.interfaces.serializers import ScopedModelSerializer

ENTERED = [
    "station", "name", "genre", "village", "venue", "leader", "deputy", "members", "men", "women", "aged", "rehearsal",
    "tutor", "supervisor", "subsidy", "founded_on", "posting", "phone",
]  # fmt: skip
FOLLOWING = [
    "division", "county", "steward", "firm", "registered_on", "deregistered_on", "merged_into", "state",
]  # fmt: skip


class TeamSerializer(ScopedModelSerializer):
    station = EntryStationField("activities.teams")
    genre = CodeField(queryset=Genre.objects.all(), required=False, allow_null=True)
    phone = MaskedField(of="contact")
    station_name = serializers.CharField(source="station.name", read_only=True)

    class Meta:
        model = Team
        fields = ["id", *ENTERED, *FOLLOWING, "station_name", "actions"]
        read_only_fields = FOLLOWING
        fixed = [name for name in ENTERED if name not in (*CHANGEABLE, "phone")]


class TeamStarSerializer(ScopedModelSerializer):
    team_name = serializers.CharField(source="team.name", read_only=True)

    class Meta:
        model = TeamStar
        fields = ["id", "team", "team_name", "stars", "awarded_on", "valid_to", "document"]
        extra_kwargs = {"valid_to": {"required": False}}
