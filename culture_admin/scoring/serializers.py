"""How a scheme is shown and entered: its parts as plain lists, and what still stands against publishing a draft."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from culture_admin.interfaces.fields import AmountField, ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer, shown
from culture_admin.interfaces.text import LineField
from culture_admin.scoring.actions import PARTS, faults_in
from culture_admin.scoring.body import MOST_GROUPS, MOST_SECTIONS, MOST_TITLES, WRITTEN, Compared
from culture_admin.scoring.explained import Explained
from culture_admin.scoring.judging import MOST_RESULTS
from culture_admin.scoring.judging import NUMBER as ENTERED
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.rules import METHODS, plain
from culture_admin.scoring.sources import Check, Origin, Span
from culture_admin.scoring.table import Part
from culture_admin.scoring.values import Effect
from culture_admin.territory.models import Division

NAMES: dict[str, Any] = {"name_zh": {"type": "string"}, "name_en": {"type": "string"}}
NUMBER: dict[str, Any] = {"type": "string", "description": "a number as text, such as 2.5"}


def _one_of(choices: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [str(one) for one in choices]}


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


INDICATOR = _object(
    ["code", "name_zh", "rule", "source"],
    code={"type": "string"},
    **NAMES,
    part=_one_of(Part),
    points=NUMBER,
    rule=_object(["method"], method=_one_of(METHODS)),
    source=_object(
        ["origin"], origin=_one_of(Origin), metric={"type": "string"}, per={"type": "string"}, span=_one_of(Span)
    ),
    evidence={"type": "string"},
    check={**_one_of(Check), "description": "how it is looked at; a metric is counted and has none"},
    **{name: _one_of(Effect) for name in WRITTEN.values()},
)
SECTION = _object(
    ["code", "name_zh", "weight"],
    code={"type": "string"},
    **NAMES,
    weight=NUMBER,
    factor=NUMBER,
    rescale=NUMBER,
    indicators=_list(INDICATOR),
)
GROUP = _object(
    ["code", "name_zh"],
    code={"type": "string"},
    **NAMES,
    compared=_one_of(Compared),
    divisions=_list({"type": "string"}),
)
CONDITION = _object(["indicator", "least"], indicator={"type": "string"}, least=NUMBER)
TITLE = _object(["name_zh", "points"], **NAMES, points=NUMBER, best=NUMBER, award=NUMBER, conditions=_list(CONDITION))


class PartField(serializers.ListField):
    """A list of plain objects, read by body.py."""

    def __init__(self, most: int):
        super().__init__(child=serializers.DictField(), required=False, max_length=most)


@extend_schema_field(_list(SECTION))
class SectionsField(PartField):
    """First-level indicators, each with its second-level ones."""


@extend_schema_field(_list(GROUP))
class GroupsField(PartField):
    """Who is compared with whom."""


@extend_schema_field(_list(TITLE))
class TitlesField(PartField):
    """Titles from the highest down, with their cut-offs and awards."""


class SchemeSerializer(ScopedModelSerializer):
    place = ScopedRelatedField(queryset=Division.objects.all())
    place_name = serializers.CharField(source="place.name", read_only=True)
    total = AmountField(max_digits=7, decimal_places=2)
    sections = SectionsField(MOST_SECTIONS)
    groups = GroupsField(MOST_GROUPS)
    titles = TitlesField(MOST_TITLES)
    faults = serializers.SerializerMethodField()

    class Meta:
        model = Scheme
        fields = [
            "id", "place", "place_name", "subject", "year", "edition", "name_zh", "name_en", "document", "document_on",
            "total", "decimals", "known", "spread", "publicity", "sample", "sections", "groups", "titles", "reason",
            "published_on", "state", "actions", "faults",
        ]  # fmt: skip
        read_only_fields = ["edition", "reason", "published_on", "state"]
        fixed = ["place", "subject", "year"]

    def to_representation(self, instance: Scheme) -> dict:
        """With the parts as they were entered; in a list without them and without what stands against each."""
        alone = self.parent is None
        fields = {
            name: field for name, field in self.fields.items() if name not in PARTS and (alone or name != "faults")
        }
        said = {name: shown(field, instance) for name, field in fields.items()}
        return said | ({name: instance.body.get(name, []) for name in PARTS} if alone else {})

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_faults(self, scheme: Scheme) -> list[dict]:
        """What still stands against publishing a draft."""
        return [fault.as_dict() for fault in faults_in(scheme)] if scheme.state == Scheme.State.DRAFT else []


class EditionSerializer(StrictSerializer):
    """Why another edition is begun."""

    reason = LineField(max_length=200)


class SchemeDifferenceSerializer(StrictSerializer):
    """One thing an edition says otherwise than the one before it; null where one of them says nothing of it."""

    what = serializers.CharField()
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)


class NumbersField(serializers.ListField):
    """Numbers as text; one, the four of a year's quarters, or several results of which the best counts."""

    def __init__(self, **kwargs):
        super().__init__(**{"child": AmountField(**ENTERED), "max_length": MOST_RESULTS, "required": False, **kwargs})


TREE: dict[str, Any] = {
    "type": "object",
    "required": ["kind", "label", "points"],
    "properties": {
        **{
            name: {"type": "string"}
            for name in (
                "kind", "label", "points", "code", "part", "rule", "source", "standing", "said", "formula", "effect",
            )
        },
        "most": {"type": ["string", "null"]},
        "counted": {"type": "boolean"},
        "vetoed": {"type": "boolean"},
        "children": {"type": "array", "items": {"type": "object"}},
    },
}  # fmt: skip


@extend_schema_field(TREE)
class TreeSerializer(serializers.Serializer):
    """A score's tree; the points of its leaves add up to the total, to the last digit."""

    def to_representation(self, instance: Explained) -> dict[str, Any]:
        said = {
            name: getattr(instance, name)
            for name in (
                "kind", "label", "code", "part", "rule", "source", "standing", "said", "formula", "effect", "counted",
                "vetoed",
            )
        }  # fmt: skip
        most = None if instance.most is None else plain(instance.most)
        children = [self.to_representation(child) for child in instance.children]
        return {**said, "points": plain(instance.points), "most": most, "children": children}
