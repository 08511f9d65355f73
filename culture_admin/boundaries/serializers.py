"""How a change of boundaries is shown and entered: the plan in lists of plain members, what is wrong in it, what was tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from culture_admin.boundaries.actions import PARTS, faults_in
from culture_admin.boundaries.codes import TYPES
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.boundaries.plans import FATES
from culture_admin.boundaries.register import EFFECTS, REACH
from culture_admin.boundaries.report import worded
from culture_admin.interfaces.fields import AmountField, OneOfField, WholeNumberField
from culture_admin.interfaces.queries import LARGEST_KEY
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer, shown
from culture_admin.interfaces.text import LineField
from culture_admin.statistics.register import METRICS

MOST_OUTCOMES, MOST_ROWS = 60, 2000
TYPE_CHOICES = sorted({str(one.value) for types in TYPES.values() for one in types})
REPORT: dict[str, Any] = {
    "type": ["object", "null"],
    "properties": {
        "created": {"type": "array", "items": {"type": "object"}},
        "ended": {"type": "array", "items": {"type": "object"}},
        "sections": {"type": "array", "items": {"type": "object"}},
        "figures": {"type": "array", "items": {"type": "object"}},
        "notes": {"type": "array", "items": {"type": "string"}},
    },
}


def key(**options: Any) -> WholeNumberField:
    """The id of a row of the public tree or of a station; the rules say whether it may be named."""
    return WholeNumberField(min_value=1, max_value=LARGEST_KEY, **options)


def index(**options: Any) -> WholeNumberField:
    """The place of an outcome in the plan, from 0."""
    return WholeNumberField(min_value=0, max_value=MOST_OUTCOMES - 1, **options)


def several(of: Any, **options: Any) -> Any:
    """A list of such members, of a bounded length."""
    return of(many=True, **options)


class ShareSerializer(StrictSerializer):
    unit = key()
    share = AmountField(max_digits=5, decimal_places=4)


class OutcomeSerializer(StrictSerializer):
    """A division after the change. What follows from the kind of change may be left out."""

    shares = several(ShareSerializer, min_length=1, max_length=MOST_OUTCOMES)
    code = LineField(required=False, max_length=12)
    name_zh = LineField(required=False, max_length=100)
    name_en = LineField(required=False, allow_blank=True, max_length=150)
    type = OneOfField(choices=TYPE_CHOICES, required=False)
    parent: Any = key(required=False)
    lead = key(required=False)
    residents = WholeNumberField(required=False, min_value=0, max_value=2**31 - 1)


class ChildSerializer(StrictSerializer):
    division = key()
    outcome = index()


class FateSerializer(StrictSerializer):
    station = key()
    fate = OneOfField(choices=FATES)
    outcome = index(required=False)
    into = key(required=False)


class BoundaryChangeSerializer(ScopedModelSerializer):
    units = serializers.ListField(child=key(), min_length=1, max_length=MOST_OUTCOMES)
    outcomes = several(OutcomeSerializer, required=False, max_length=MOST_OUTCOMES)
    children = several(ChildSerializer, required=False, max_length=MOST_ROWS)
    stations = several(FateSerializer, required=False, max_length=MOST_ROWS)
    faults = serializers.SerializerMethodField()
    dry_run = serializers.SerializerMethodField()
    outcome = serializers.SerializerMethodField()

    class Meta:
        model = BoundaryChange
        fields = [
            "id", "kind", "place", "effective_on", "document", "document_on", "reason", "units", "outcomes", "children",
            "stations", "state", "actions", "faults", "dry_run", "dry_run_at", "outcome", "applied_at",
        ]  # fmt: skip
        read_only_fields = ["place", "state", "dry_run_at", "applied_at"]
        fixed = ["kind"]

    def to_representation(self, instance: BoundaryChange) -> dict:
        """With the plan as it was entered; in a list without what is told of one change alone."""
        alone = self.parent is None
        fields = {
            name: field
            for name, field in self.fields.items()
            if name not in PARTS and not field.write_only and (alone or name not in ("faults", "dry_run", "outcome"))
        }
        said = {name: shown(field, instance) for name, field in fields.items()}
        return said | {name: instance.plan.get(name, []) for name in PARTS}

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_faults(self, change: BoundaryChange) -> list[dict]:
        """What a draft still lacks, or what has become wrong in it."""
        if change.state != BoundaryChange.State.DRAFT:
            return []
        return [fault.as_dict() for fault in faults_in(change, self.context["request"].user)]

    @extend_schema_field(REPORT)
    def get_dry_run(self, change: BoundaryChange) -> dict | None:
        return told(change.dry_run)

    @extend_schema_field(REPORT)
    def get_outcome(self, change: BoundaryChange) -> dict | None:
        return told(change.outcome)


def told(report: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A report in the reader's language: what is created and ended, what it touches, the figures, what to know besides."""
    if report is None:
        return None
    return {
        "created": report.get("created", []),
        "ended": report.get("ended", []),
        "sections": [
            {
                "code": code,
                "label": str(REACH[code].label),
                "count": section["count"],
                "rows": [
                    {"id": pk, "text": text, "effect": effect, "effect_text": str(EFFECTS[effect])}
                    for pk, text, effect in section["rows"]
                ],
            }
            for code, section in report.get("sections", {}).items()
            if code in REACH
        ],
        "figures": [
            {**figure, "label": str(METRICS[figure["metric"]].label)}
            for figure in report.get("figures", [])
            if figure["metric"] in METRICS
        ],
        "notes": worded(report.get("notes", [])),
    }
