"""How plans, series, bookings, permits and spot checks are shown and entered."""

from __future__ import annotations

from rest_framework import serializers

from activities.actions import series
from activities.models import Activity, Genre, Kind, Permit, Series, SpotCheck, VenueBooking
from activities.models.bounds import MOST_PEOPLE
from activities.models.series import LONGEST_GAP_WEEKS
from activities.serializers.activities import ActivitySerializer, ClassMinutesField, EntryStationField, RoomField
from culture_admin.interfaces.codes import CodeField
from culture_admin.interfaces.fields import DayField, InstantField, ScopedRelatedField, WholeNumberField, YesNoField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField, TextField
from stewards.models import Posting

PLANNED = [
    "station", "title", "kind", "genre", "village", "venue", "facility", "begins_on", "begins_time", "ends_on", "ends_time",
    "expected", "content", "class_minutes", "posting", "team", "course", "note", "client_uuid", "device_at", "override_reason",
]  # fmt: skip
# Of the shape of the rule and of what is handed down once nothing is changed afterwards.
GIVEN_ONCE = [
    "station", "course", "weekdays", "every", "begins_on", "ends_on", "skips_holidays", "expected", "class_minutes",
]  # fmt: skip


class PlanSerializer(ActivitySerializer):
    """What is to come: as a log, but with whom one expects instead of who came."""

    class Meta(ActivitySerializer.Meta):
        fields = PLANNED
        fixed: list[str] = []

    def get_fields(self):
        """As declared, with the reason to do it all the same."""
        return ScopedModelSerializer.get_fields(self)


class LogPlannedSerializer(StrictSerializer):
    """What is said of a plan once it was held."""

    attendance = WholeNumberField(required=False, allow_null=True, min_value=0)
    online_attendance = WholeNumberField(required=False, allow_null=True, min_value=0)
    estimated = YesNoField(required=False)
    class_minutes = ClassMinutesField(source="class_seconds", required=False, allow_null=True)
    content = TextField(required=False, allow_blank=True, max_length=2000)
    effect = TextField(required=False, allow_blank=True, max_length=2000)
    note = TextField(required=False, allow_blank=True, max_length=2000)
    late_reason = LineField(required=False, allow_blank=True, max_length=200)
    device_at = InstantField(required=False, allow_null=True)
    comment = TextField(required=False, allow_blank=True, max_length=2000)


class SeriesSerializer(ScopedModelSerializer):
    station = EntryStationField("activities")
    kind = CodeField(queryset=Kind.objects.all())
    genre = CodeField(queryset=Genre.objects.all(), required=False, allow_null=True)
    weekdays = serializers.ListField(child=WholeNumberField(min_value=1, max_value=7), min_length=1, max_length=7)
    every = WholeNumberField(required=False, min_value=1, max_value=LONGEST_GAP_WEEKS)
    facility = RoomField(required=False, allow_null=True)
    posting = ScopedRelatedField(queryset=Posting.objects.select_related("steward"), required=False, allow_null=True)
    expected = WholeNumberField(required=False, allow_null=True, min_value=0, max_value=MOST_PEOPLE, write_only=True)
    class_minutes = ClassMinutesField(source="class_seconds", required=False, allow_null=True, write_only=True)
    override_reason = LineField(required=False, allow_blank=True, max_length=200, write_only=True)
    from_on = DayField(required=False, write_only=True)

    class Meta:
        model = Series
        fields = [
            "id", "station", *series.CHANGEABLE, "course", "weekdays", "every", "begins_on", "ends_on", "skips_holidays",
            "expected", "class_minutes", "override_reason", "from_on",
        ]  # fmt: skip
        fixed = GIVEN_ONCE

    def get_fields(self):
        """From which day on it changes is said of a change alone."""
        fields = super().get_fields()
        if not self.partial:
            del fields["from_on"]
        return fields


class EndSeriesSerializer(StrictSerializer):
    """The last day a series keeps, and why it ends."""

    after = DayField()
    comment = TextField(max_length=2000)


class VenueBookingSerializer(ScopedModelSerializer):
    facility = RoomField()
    facility_name = serializers.CharField(source="facility.name", read_only=True)

    class Meta:
        model = VenueBooking
        fields = [
            "id", "facility", "facility_name", "station", "activity", "purpose", "begins_at", "ends_at", "state", "recorded_at",
            "actions",
        ]  # fmt: skip
        read_only_fields = ["station", "activity", "state", "recorded_at"]


class OfActivitySerializer(ScopedModelSerializer):
    """What every row about an activity shows."""

    activity = ScopedRelatedField(queryset=Activity.objects.select_related("station__division", "station__unit"))


class PermitSerializer(OfActivitySerializer):
    class Meta:
        model = Permit
        fields = ["id", "activity", "number", "authority", "granted_on", "lapsed_at", "recorded_at"]
        read_only_fields = ["lapsed_at", "recorded_at"]


class SpotCheckSerializer(OfActivitySerializer):
    class Meta:
        model = SpotCheck
        fields = ["id", "activity", "found_on", "finding", "heads_seen", "note", "recorded_at"]
        read_only_fields = ["recorded_at"]
