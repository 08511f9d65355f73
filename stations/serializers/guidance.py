"""How trainings, meetings, pairings and visit days are shown and entered."""

from __future__ import annotations

from rest_framework import serializers

from culture_admin.interfaces.fields import DayField, OneOfField, ScopedRelatedField, WholeNumberField, YesNoField
from culture_admin.interfaces.queries import LARGEST_KEY
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField
from culture_admin.territory.models import Division, Unit
from stations.models import (
    Attendance,
    Backbone,
    FollowUp,
    Meeting,
    MeetingPresence,
    Officer,
    Pairing,
    PairingVisit,
    Station,
    Task,
    Training,
)
from stations.models.pairings import MOST_LINKS

HELD = [
    "id", "county", "unit", "title", "begins_on", "ends_on", "begins_time", "ends_time", "place", "document_no",
]  # fmt: skip
STANDING = ["state", "actions"]
# No county has more officers or stations.
MOST_ENTRIES = 1000


def station_field(**kwargs) -> ScopedRelatedField:
    return ScopedRelatedField(queryset=Station.objects.select_related("unit", "division", "county"), **kwargs)


class GatheringSerializer(ScopedModelSerializer):
    county = ScopedRelatedField(queryset=Division.objects.all(), required=False)
    unit = serializers.PrimaryKeyRelatedField(read_only=True)
    ends_on = DayField(required=False)


class TrainingSerializer(GatheringSerializer):
    class Meta:
        model = Training
        fields = [*HELD, "kind", "hours", "trainer", "content", *STANDING]
        fixed = ["county"]


class AttendanceSerializer(ScopedModelSerializer):
    officer_name = serializers.CharField(source="officer.name", read_only=True)

    class Meta:
        model = Attendance
        fields = ["id", "training", "officer", "officer_name", "station", "present", "note"]


class AttendanceEntrySerializer(StrictSerializer):
    """One officer at a training."""

    officer = ScopedRelatedField(queryset=Officer.objects.all())
    present = YesNoField()
    note = LineField(required=False, allow_blank=True, max_length=100)


class RecordAttendanceSerializer(StrictSerializer):
    """Who was at a training; who is not named keeps what was said of him."""

    attendances = serializers.ListSerializer(
        child=AttendanceEntrySerializer(), allow_empty=False, max_length=MOST_ENTRIES
    )


class MeetingSerializer(GatheringSerializer):
    host = station_field(required=False, allow_null=True)

    class Meta:
        model = Meeting
        fields = [*HELD, "kind", "host", "division", "agenda", "minutes", *STANDING]
        fixed = ["county", "kind"]


class MeetingPresenceSerializer(ScopedModelSerializer):
    class Meta:
        model = MeetingPresence
        fields = ["id", "meeting", "station", "status", "person"]


class PresenceEntrySerializer(StrictSerializer):
    """One station at a meeting."""

    station = station_field()
    status = OneOfField(choices=MeetingPresence.Status.choices)
    person = LineField(required=False, allow_blank=True, max_length=60)


class NotePresenceSerializer(StrictSerializer):
    """Which stations came; one that is not named keeps what was said of it."""

    presences = serializers.ListSerializer(child=PresenceEntrySerializer(), allow_empty=False, max_length=MOST_ENTRIES)


class FollowUpSerializer(ScopedModelSerializer):
    meeting = ScopedRelatedField(queryset=Meeting.objects.select_related("county"))
    unit = ScopedRelatedField(queryset=Unit.objects.select_related("division"))

    class Meta:
        model = FollowUp
        fields = ["id", "meeting", "unit", "task", "due_on", *STANDING]


class BackboneSerializer(ScopedModelSerializer):
    unit = ScopedRelatedField(queryset=Unit.objects.select_related("division"))
    # Accounts are the administrators' to see; which one is whose is entered in the admin.
    user = serializers.PrimaryKeyRelatedField(read_only=True)

    class Meta:
        model = Backbone
        fields = ["id", "unit", "name", "speciality", "user"]
        fixed = ["unit"]


class PairingSerializer(ScopedModelSerializer):
    backbone = ScopedRelatedField(queryset=Backbone.objects.select_related("unit__division"))
    station = station_field()
    backbone_name = serializers.CharField(source="backbone.name", read_only=True)
    station_name = serializers.CharField(source="station.name", read_only=True)

    class Meta:
        model = Pairing
        fields = [
            "id", "backbone", "backbone_name", "station", "station_name", "planned_days", "aim", "valid_from", "valid_to",
        ]  # fmt: skip
        fixed = ["backbone", "station", "valid_from"]


class PairingVisitSerializer(ScopedModelSerializer):
    pairing = ScopedRelatedField(queryset=Pairing.objects.select_related("backbone", "station__division"))
    backbone = serializers.PrimaryKeyRelatedField(read_only=True)
    station = serializers.PrimaryKeyRelatedField(read_only=True)
    backbone_name = serializers.CharField(source="backbone.name", read_only=True)
    tasks = serializers.ListField(
        child=OneOfField(choices=Task.choices), required=False, allow_empty=True, max_length=len(Task)
    )
    activities = serializers.ListField(
        child=WholeNumberField(min_value=1, max_value=LARGEST_KEY), required=False, max_length=MOST_LINKS
    )

    class Meta:
        model = PairingVisit
        fields = [
            "id", "pairing", "backbone", "backbone_name", "station", "on", "part", "tasks", "summary", "activities",
            *STANDING,
        ]  # fmt: skip
        fixed = ["pairing"]


class PlanVisitsSerializer(StrictSerializer):
    """Days on which a professional means to come to the station of a pairing."""

    pairing = ScopedRelatedField(queryset=Pairing.objects.select_related("backbone", "station__division"))
    days = serializers.ListField(child=DayField(), min_length=1, max_length=100)
