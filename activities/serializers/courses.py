"""How courses and their rosters are shown and entered."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from activities.actions.courses import CHANGEABLE
from activities.metrics.figures import FIGURES, figures_of
from activities.models import Course, Genre, Learner
from activities.models.bounds import MOST_SECONDS
from activities.serializers.activities import ActivitySerializer, ClassMinutesField, EntryStationField
from culture_admin.interfaces.codes import CodeField
from culture_admin.interfaces.fields import ScopedRelatedField
from culture_admin.interfaces.personal import MaskedField
from culture_admin.interfaces.serializers import ScopedModelSerializer

ENTERED = [
    "station", "title", "genre", "begins_on", "ends_on", "sessions_planned", "class_minutes", "capacity", "room", "teacher",
    "note", "posting",
]  # fmt: skip
FOLLOWING = ["division", "county", "steward", "firm", "state"]
# What is said of a session besides its course; the rest is the course's own.
SAID_OF_SESSION = [
    "course", "begins_on", "begins_time", "ends_time", "attendance", "class_minutes", "present", "note", "content", "effect",
    "late_reason", "client_uuid", "device_at",
]  # fmt: skip
_NUMBER = {"type": ["number", "null"]}


class SessionMinutesField(ClassMinutesField):
    """Minutes of class in one session."""

    most = MOST_SECONDS // 60


class CourseSerializer(ScopedModelSerializer):
    """`figures` are of confirmed sessions: their number and class hours, person-hours, attendances, and different people."""

    station = EntryStationField("activities")
    genre = CodeField(queryset=Genre.objects.all(), required=False, allow_null=True)
    class_minutes = SessionMinutesField(source="class_seconds", required=False, allow_null=True)
    station_name = serializers.CharField(source="station.name", read_only=True)
    figures = serializers.SerializerMethodField()

    class Meta:
        model = Course
        fields = ["id", *ENTERED, "completed", *FOLLOWING, "station_name", "figures", "actions"]
        read_only_fields = FOLLOWING
        fixed = [name for name in ENTERED if name not in (*CHANGEABLE, "class_minutes")]

    @extend_schema_field({"type": "object", "properties": dict.fromkeys(FIGURES, _NUMBER)})
    def get_figures(self, course: Course) -> dict[str, object]:
        """Read for all courses of a page at once."""
        read = self.context.setdefault("figures", {})
        if course.pk not in read:
            page = self.parent.instance if self.parent is not None else [course]
            read |= figures_of(self.context["request"].user, page)
        return read[course.pk]


class SessionSerializer(ActivitySerializer):
    """A session of a course: who came, or how many, and what differs from the course."""

    course = ScopedRelatedField(
        queryset=Course.objects.select_related("genre", "posting__steward", "station__unit", "station__division")
    )
    class_minutes = SessionMinutesField(source="class_seconds", required=False, allow_null=True)

    class Meta(ActivitySerializer.Meta):
        fields = SAID_OF_SESSION
        fixed: list[str] = []


class LearnerSerializer(ScopedModelSerializer):
    phone = MaskedField(of="contact")
    course = ScopedRelatedField(queryset=Course.objects.select_related("station__division"))

    class Meta:
        model = Learner
        fields = ["id", "course", "name", "joined_on", "left_on", "note", "phone"]
        fixed = ["course"]
        extra_kwargs = {"joined_on": {"required": False}}
