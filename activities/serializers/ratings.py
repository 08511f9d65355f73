"""How ratings and signals are shown with an activity."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from activities.metrics.figures import Rated, ratings_of
from activities.models import Activity


@extend_schema_field(
    {
        "type": ["object", "null"],
        "required": ["mean", "n", "unknown", "few"],
        "properties": {
            "mean": {"type": ["number", "null"], "description": "Of the answers from 1 to 5."},
            "n": {"type": "integer", "description": "How many those are."},
            "unknown": {"type": "integer", "description": "Answers “I cannot say”, which stand in no mean."},
            "few": {"type": "boolean", "description": "Fewer than 10: the mean says little."},
        },
    }
)
class RatingField(serializers.Field):
    """What residents say of an activity; null where nobody has. Of a whole list it is read at once."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "read_only": True, "source": "*"})

    def to_representation(self, activity: Activity):
        if not getattr(activity, "is_rated", True):
            return None
        context: Any = self.context
        read = context.setdefault("ratings", {})
        if activity.pk not in read:
            rows = getattr(self.root, "instance", None)
            asked = [activity, *rows] if isinstance(rows, list) else [activity]
            read |= {row.pk: None for row in asked} | ratings_of(asked)
        return shown(read[activity.pk])


def shown(rated: Rated | None) -> dict[str, object] | None:
    if rated is None:
        return None
    mean = None if rated.mean is None else float(rated.mean)
    return {"mean": mean, "n": rated.n, "unknown": rated.unknown, "few": rated.few}


class SignalSerializer(serializers.Serializer):
    """A signal: what it says, and where what is behind it is read; no address where that is not the reader's to see."""

    code = serializers.CharField()
    text = serializers.CharField()
    records = serializers.CharField(allow_null=True)


class SignalsSerializer(serializers.Serializer):
    results = SignalSerializer(many=True)
