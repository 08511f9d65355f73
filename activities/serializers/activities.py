"""How activities are shown and entered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from activities.actions.clashes import clashes_with_rooms
from activities.actions.logging import CHANGEABLE
from activities.actions.reach import ENTERED_AT, ROOMS_ENTERED
from activities.models import Activity, Course, Genre, Kind, Learner
from activities.models.bounds import LONGEST_DAYS, MOST_SECONDS
from activities.models.haves import HAVES, missing
from activities.serializers.ratings import RatingField
from culture_admin.interfaces.codes import CodeField
from culture_admin.interfaces.fields import ActionsField, ScopedRelatedField, StrictUUIDField
from culture_admin.interfaces.serializers import ScopedModelSerializer
from culture_admin.interfaces.text import LineField
from stations.models import Facility, Station
from stewards.models import Posting

ENTERED = [
    "station", "title", "kind", "genre", "village", "venue", "begins_on", "begins_time", "ends_on", "ends_time",
    "attendance", "online_attendance", "estimated", "class_minutes", "posting", "team", "course", "present", "note", "content",
    "effect", "expected", "facility", "late_reason", "client_uuid", "device_at",
]  # fmt: skip
FOLLOWING = [
    "division", "county", "steward", "firm", "led_by", "counted_by", "state", "series", "planned", "published_at", "late",
    "recorded_at",
]  # fmt: skip


@extend_schema_field({"type": "integer"})
class EntryStationField(ScopedRelatedField):
    """A station at which the user may enter records of a power: his own, or one to which his firm has posted him."""

    def __init__(self, power: str, **kwargs):
        stations = Station.objects.select_related("unit", "division")
        super().__init__(queryset=stations, scope=ENTERED_AT[power], verb="enter", **kwargs)


@extend_schema_field({"type": "integer"})
class RoomField(ScopedRelatedField):
    """A room of a station at which the user may enter activities."""

    def __init__(self, **kwargs):
        rooms = Facility.objects.select_related("station__unit", "station__division")
        super().__init__(queryset=rooms, scope=ROOMS_ENTERED, verb="enter", **kwargs)


@extend_schema_field({"type": "number", "minimum": 0})
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


class ActivityActionsField(ActionsField):
    """The steps of an activity; logging a plan takes `hold` with it, so it is open where that is."""

    def to_representation(self, value):
        answers = super().to_representation(value)
        return answers | {"log": answers["hold"]} if value.state in Activity.AHEAD else answers


class ActivitySerializer(ScopedModelSerializer):
    station = EntryStationField("activities")
    posting = ScopedRelatedField(queryset=Posting.objects.select_related("steward"), required=False, allow_null=True)
    kind = CodeField(queryset=Kind.objects.all())
    course = ScopedRelatedField(queryset=Course.objects.all(), required=False, allow_null=True)
    present = ScopedRelatedField(
        queryset=Learner.objects.all(),
        many=True,
        write_only=True,
        required=False,
        help_text="The learners of the course who came; the attendance follows from them.",
    )
    genre = CodeField(queryset=Genre.objects.all(), required=False, allow_null=True)
    client_uuid = StrictUUIDField(required=False)
    class_minutes = ClassMinutesField(source="class_seconds", required=False, allow_null=True)
    facility = RoomField(required=False, allow_null=True)
    facility_name = serializers.CharField(source="facility.name", read_only=True, default=None, allow_null=True)
    override_reason = LineField(required=False, allow_blank=True, max_length=200, write_only=True)
    rating = RatingField()
    actions = ActivityActionsField()
    missing = serializers.SerializerMethodField()
    notes = serializers.SerializerMethodField()
    kind_name = serializers.CharField(source="kind.name", read_only=True)
    station_name = serializers.CharField(source="station.name", read_only=True)
    division_code = serializers.CharField(source="division.code", read_only=True)
    division_name = serializers.CharField(source="division.name", read_only=True)
    steward_name = serializers.SerializerMethodField()

    class Meta:
        model = Activity
        fields = [
            "id", *ENTERED, *FOLLOWING, "kind_name", "station_name", "division_code", "division_name", "steward_name",
            "facility_name", "rating", "missing", "notes", "override_reason", "actions",
        ]  # fmt: skip
        read_only_fields = FOLLOWING
        fixed = [name for name in ENTERED if name not in (*CHANGEABLE, "class_minutes", "present")]
        extra_kwargs = {"ends_on": {"required": False}}

    def get_fields(self):
        """A reason to do it all the same is asked of a plan that is moved, not of a log."""
        fields = super().get_fields()
        if not self.partial:
            fields.pop("override_reason", None)
        return fields

    @extend_schema_field({"type": "array", "items": {"type": "string", "enum": list(HAVES)}})
    def get_missing(self, activity: Activity) -> list[str]:
        return missing(activity)

    @extend_schema_field(
        {
            "type": "array",
            "items": {"type": "object", "properties": {"code": {"type": "string"}, "message": {"type": "string"}}},
        }
    )
    def get_notes(self, activity: Activity) -> list[dict[str, str]]:
        closures = getattr(activity.station, "announced", None)
        return [{"code": clash.code, "message": clash.text} for clash in clashes_with_rooms([activity], closures)]

    @extend_schema_field({"type": ["string", "null"]})
    def get_steward_name(self, activity: Activity) -> str | None:
        return activity.steward.name if activity.steward else None
