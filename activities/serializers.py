"""How activities and teams are shown and entered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from activities.actions.logging import CHANGEABLE
from activities.actions.reach import stations_to_enter_at
from activities.actions.teams import CHANGEABLE as CHANGEABLE_OF_TEAM
from activities.models import Activity, Genre, Kind, Team
from activities.models.activity import LONGEST_DAYS, MOST_SECONDS
from culture_admin.interfaces.codes import CodeField
from culture_admin.interfaces.fields import ScopedRelatedField, StrictUUIDField
from culture_admin.interfaces.serializers import ScopedModelSerializer
from stations.models import Station
from stewards.models import Posting

ENTERED = [
    "station", "title", "kind", "genre", "village", "venue", "begins_on", "begins_time", "ends_on", "ends_time",
    "attendance", "online_attendance", "estimated", "class_minutes", "posting", "team", "note", "client_uuid", "device_at",
]  # fmt: skip
FOLLOWING = ["division", "county", "steward", "firm", "led_by", "state", "recorded_at"]


@extend_schema_field({"type": "integer"})
class EntryStationField(ScopedRelatedField):
    """A station at which the user may enter records of a power: his own, or one to which his firm has posted him."""

    def __init__(self, power: str, **kwargs):
        self.power = power
        super().__init__(queryset=Station.objects.all(), **kwargs)

    def get_queryset(self):
        stations = stations_to_enter_at(self.context["request"].user, self.power)
        return stations.select_related(None).select_related("unit", "division")


class ClassMinutesField(serializers.Field):
    """Minutes of class as a JSON number, to the second: 45 make a class hour, and half a class hour is 22.5."""

    default_error_messages = {"class_minutes": _("Expected minutes of class as a number from 0 to {most}, such as 90.")}
    most = MOST_SECONDS * LONGEST_DAYS // 60

    def to_internal_value(self, data):
        if type(data) not in (int, float) or not 0 <= data <= self.most or (data * 60) % 1:
            self.fail("class_minutes", most=self.most)
        return int(data * 60)

    def to_representation(self, value):
        return value // 60 if value % 60 == 0 else value / 60


class ActivitySerializer(ScopedModelSerializer):
    station = EntryStationField("activities")
    posting = ScopedRelatedField(queryset=Posting.objects.select_related("steward"), required=False, allow_null=True)
    kind = CodeField(queryset=Kind.objects.all())
    genre = CodeField(queryset=Genre.objects.all(), required=False, allow_null=True)
    client_uuid = StrictUUIDField(required=False)
    class_minutes = ClassMinutesField(source="class_seconds", required=False, allow_null=True)
    kind_name = serializers.CharField(source="kind.name", read_only=True)
    station_name = serializers.CharField(source="station.name", read_only=True)
    division_code = serializers.CharField(source="division.code", read_only=True)
    division_name = serializers.CharField(source="division.name", read_only=True)
    steward_name = serializers.SerializerMethodField()

    class Meta:
        model = Activity
        fields = [
            "id", *ENTERED, *FOLLOWING, "kind_name", "station_name", "division_code", "division_name", "steward_name",
            "actions",
        ]  # fmt: skip
        read_only_fields = FOLLOWING
        fixed = [name for name in ENTERED if name not in (*CHANGEABLE, "class_minutes")]
        extra_kwargs = {"ends_on": {"required": False}}

    @extend_schema_field({"type": ["string", "null"]})
    def get_steward_name(self, activity: Activity) -> str | None:
        return activity.steward.name if activity.steward else None


TEAM_ENTERED = ["station", "name", "genre", "village", "venue", "leader", "members", "founded_on", "posting"]


class TeamSerializer(ScopedModelSerializer):
    station = EntryStationField("activities.teams")
    genre = CodeField(queryset=Genre.objects.all(), required=False, allow_null=True)
    station_name = serializers.CharField(source="station.name", read_only=True)

    class Meta:
        model = Team
        fields = [
            "id", *TEAM_ENTERED, "division", "county", "steward", "firm", "registered_on", "deregistered_on", "state",
            "station_name", "actions",
        ]  # fmt: skip
        read_only_fields = ["division", "county", "steward", "firm", "registered_on", "deregistered_on", "state"]
        fixed = [name for name in TEAM_ENTERED if name not in CHANGEABLE_OF_TEAM]
