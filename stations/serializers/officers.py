"""How posts, officers and their postings are shown and entered; personal fields show their masks."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from culture_admin.interfaces.fields import DayField, ScopedRelatedField
from culture_admin.interfaces.personal import MaskedDayField, MaskedField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import TextField
from stations.models import Officer, OfficerPosting, Post, Station
from stations.models.service import Consequence, eligibility, service
from stations.serializers.rows import SHARED, OfStationSerializer

ENTRIES = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["off_post", "first", "last", "days"],
        "properties": {
            "off_post": {"type": "integer"},
            "first": {"type": "string", "format": "date"},
            "last": {"type": "string", "format": "date"},
            "days": {"type": "integer"},
        },
    },
}
CONSEQUENCE = {
    "rule": {"type": "string"},
    "basis": {"type": "string"},
    "days_off_post": {"type": "integer"},
    "entries": ENTRIES,
}


def told(consequence: Consequence) -> dict[str, Any]:
    """Rule, source, days and the entries counted; an objection names the entry it is against."""
    return {
        "rule": consequence.rule,
        "basis": consequence.basis,
        "days_off_post": consequence.days,
        "entries": [
            {"off_post": entry.off_post.pk, "first": entry.first, "last": entry.last, "days": entry.days}
            for entry in consequence.entries
        ],
    }


@extend_schema_field(
    {
        "type": "object",
        "properties": {"year": {"type": "integer"}, "eligible": {"type": "boolean"}, **CONSEQUENCE},
    }
)
class PromotionField(serializers.Field):
    """Whether the officer may take part in this year's promotion of titles."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "read_only": True, "source": "*"})

    def to_representation(self, value):
        today = timezone.localdate()
        found = eligibility(value, today.year, today)
        return {"year": found.year, "eligible": found.eligible, **told(found)}


@extend_schema_field(
    {
        "type": ["object", "null"],
        "properties": {
            **{name: {"type": "integer"} for name in ("years", "days", "credited_years", "credited_days")},
            **CONSEQUENCE,
        },
    }
)
class ServiceField(serializers.Field):
    """The years of service today, and as they are credited; null where it is not recorded when the officer began to work."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "read_only": True, "source": "*"})

    def to_representation(self, value):
        found = service(value, timezone.localdate())
        if found is None:
            return None
        whole, credited = found.whole, found.credited
        return {
            "years": whole[0],
            "days": whole[1],
            "credited_years": credited[0],
            "credited_days": credited[1],
            **told(found),
        }


class PostSerializer(OfStationSerializer):
    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division"))
    held_by = serializers.IntegerField(read_only=True, allow_null=True)
    held_by_name = serializers.CharField(read_only=True, allow_null=True)
    vacant = serializers.SerializerMethodField()

    class Meta:
        model = Post
        fields = [*SHARED, "kind", "name", "tenure", "share", "document", "held_by", "held_by_name", "vacant"]
        fixed = ["station", "kind", "tenure", "valid_from"]

    def get_vacant(self, post) -> bool:
        """Whether nobody holds it today."""
        return post.exists_on(timezone.localdate()) and post.held_by is None


class OfficerSerializer(ScopedModelSerializer):
    station = ScopedRelatedField(queryset=Station.objects.select_related("unit", "division"))
    station_name = serializers.CharField(source="station.name", read_only=True)
    identity_number = MaskedField()
    phone = MaskedField()
    birth_date = MaskedDayField()
    promotion = PromotionField()
    service = ServiceField()

    class Meta:
        model = Officer
        fields = [
            "id", "station", "station_name", "name", "sex", "education", "school", "speciality", "title", "title_on", "entered_on",
            "identity_number", "phone", "birth_date", "promotion", "service", "state", "actions",
        ]  # fmt: skip
        fixed = ["station"]
        read_only_fields = ["state"]


class OfficerPostingSerializer(OfStationSerializer):
    officer = ScopedRelatedField(queryset=Officer.objects.select_related("user", "station"))
    officer_name = serializers.CharField(source="officer.name", read_only=True)
    post = ScopedRelatedField(queryset=Post.objects.select_related("station__unit", "station__division"))
    post_name = serializers.CharField(source="post.name", read_only=True)
    station = serializers.IntegerField(source="station_id", read_only=True)
    personnel_case = serializers.IntegerField(source="made_by_id", read_only=True, allow_null=True)

    class Meta:
        model = OfficerPosting
        fields = [
            "id", "officer", "officer_name", "post", "post_name", "station", "station_name", "valid_from", "valid_to", "share",
            "acting", "document", "personnel_case", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["state"]


class EndPostingSerializer(StrictSerializer):
    """The first day on which the post is not held any more, and why."""

    on = DayField()
    comment = TextField(max_length=2000)
