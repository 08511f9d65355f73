"""How ratings and signals are shown with an activity."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from activities.models import Activity, Rating
from activities.models.rating import Tally


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
        tallies = context.setdefault("tallies", {})
        if activity.pk not in tallies:
            rows = getattr(self.root, "instance", None)
            asked = [row.pk for row in rows] if isinstance(rows, list) else [activity.pk]
            tallies |= dict.fromkeys([*asked, activity.pk]) | Rating.objects.tallies([*asked, activity.pk])
        return shown(tallies[activity.pk])


def shown(tally: Tally | None) -> dict[str, object] | None:
    if tally is None:
        return None
    mean = None if tally.mean is None else float(tally.mean)
    return {"mean": mean, "n": tally.n, "unknown": tally.unknown, "few": tally.few}


class SignalSerializer(serializers.Serializer):
    """A signal: what it says, and where what is behind it is read; no address where that is not the reader's to see."""

    code = serializers.CharField()
    text = serializers.CharField()
    records = serializers.CharField(allow_null=True)


class SignalsSerializer(serializers.Serializer):
    results = SignalSerializer(many=True)
