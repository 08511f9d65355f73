"""How evaluations, their items, the towns' ratings, findings and spot checks are shown and entered."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from culture_admin.interfaces.fields import ScopedRelatedField
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer, shown
from culture_admin.interfaces.text import LineField
from culture_admin.scoring.explained import Explained
from culture_admin.scoring.models import Scheme
from culture_admin.scoring.serializers import TREE, NumbersField, TreeSerializer
from stations.models import Station
from stewards.evaluating import PARTS
from stewards.models import (
    Contract,
    Evaluation,
    EvaluationItem,
    ServiceFinding,
    SpotCheck,
    SpotCheckRow,
    TownRating,
)

CONTRACTS = Contract.objects.select_related("place", "firm__unit")
EVALUATIONS = Evaluation.objects.select_related("contract__place", "scheme")


class EvaluationSerializer(ScopedModelSerializer):
    contract = ScopedRelatedField(queryset=CONTRACTS)
    contract_name = serializers.CharField(source="contract.name", read_only=True)
    firm = serializers.IntegerField(source="contract.firm_id", read_only=True)
    scheme = ScopedRelatedField(queryset=Scheme.objects.select_related("place"))

    class Meta:
        model = Evaluation
        fields = [
            "id", "contract", "contract_name", "firm", "scheme", "year", "quarter", "first", "last", "quantity", "quality",
            "towns", "public", "score", "opened_at", "concluded_on", "state", "actions",
        ]  # fmt: skip
        read_only_fields = [
            "first", "last", "quantity", "quality", "towns", "public", "score", "opened_at", "concluded_on", "state",
        ]  # fmt: skip


class EvaluationItemSerializer(ScopedModelSerializer):
    evaluation = serializers.IntegerField(source="evaluation_id", read_only=True)
    label: Any = serializers.SerializerMethodField()
    claimed_numbers = NumbersField()
    reviewed_numbers = NumbersField()

    class Meta:
        model = EvaluationItem
        fields = [
            "id", "evaluation", "code", "label", "claimed", "claimed_numbers", "note", "reviewed", "reviewed_numbers", "remark",
        ]  # fmt: skip
        read_only_fields = ["code"]

    def get_label(self, item: EvaluationItem) -> str:
        """What the standard calls the item."""
        table = item.evaluation.scheme.content.table
        return next((str(one.label) for _section, one in table.indicators() if one.code == item.code), "")


class TownRatingSerializer(ScopedModelSerializer):
    evaluation = serializers.IntegerField(source="evaluation_id", read_only=True)
    contract = serializers.IntegerField(source="evaluation.contract_id", read_only=True)
    station = serializers.IntegerField(source="station_id", read_only=True)
    station_name = serializers.CharField(source="station.name", read_only=True)

    class Meta:
        model = TownRating
        fields = [
            "id", "evaluation", "contract", "station", "station_name", "points", "comment", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["state"]


class ServiceFindingSerializer(ScopedModelSerializer):
    contract = ScopedRelatedField(queryset=CONTRACTS)
    evaluation = ScopedRelatedField(queryset=EVALUATIONS, required=False, allow_null=True)
    station = ScopedRelatedField(queryset=Station.objects.select_related("unit"), required=False, allow_null=True)
    row = serializers.IntegerField(source="row_id", read_only=True, allow_null=True)

    class Meta:
        model = ServiceFinding
        fields = [
            "id", "contract", "evaluation", "code", "station", "row", "what", "opened_on", "due_on", "rectification", "state",
            "actions",
        ]  # fmt: skip
        read_only_fields = ["rectification", "state"]
        extra_kwargs = {"opened_on": {"required": False}, "due_on": {"required": False}}


class ServiceCheckRowSerializer(StrictSerializer):
    """A row of a spot check: a delivery that is looked at, and what was found."""

    number = serializers.IntegerField(min_value=1, max_value=200)
    delivery = serializers.IntegerField(read_only=True)
    outcome = serializers.ChoiceField(choices=SpotCheckRow.Outcome.choices)
    note = LineField(max_length=300, required=False, allow_blank=True, default="")


class OutcomesSerializer(StrictSerializer):
    """What was found of some rows."""

    rows = ServiceCheckRowSerializer(many=True, allow_empty=False)


class RowFindingSerializer(StrictSerializer):
    """The row that becomes a finding, and until when it is put right."""

    number = serializers.IntegerField(min_value=1, max_value=200)
    due_on = serializers.DateField(required=False)


ROWS: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "number": {"type": "integer"},
            "delivery": {"type": "integer"},
            "outcome": {"type": "string"},
            "note": {"type": "string"},
        },
    },
}


class ServiceCheckSerializer(ScopedModelSerializer):
    contract = ScopedRelatedField(queryset=CONTRACTS)
    seed = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    rows: Any = serializers.SerializerMethodField()

    class Meta:
        model = SpotCheck
        fields = [
            "id", "contract", "first", "last", "size", "seed", "population", "drawn_at", "rows", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["population", "drawn_at", "state"]

    def to_representation(self, instance: SpotCheck) -> dict:
        """With its rows where it stands alone."""
        alone = self.parent is None
        return {name: shown(field, instance) for name, field in self.fields.items() if alone or name != "rows"}

    @extend_schema_field(ROWS)
    def get_rows(self, check: SpotCheck) -> list[dict[str, Any]]:
        """What is looked at, in the order drawn."""
        return list(check.rows.order_by("number").values("number", "delivery", "outcome", "note"))


@extend_schema_field({"type": "object", "properties": dict.fromkeys(("score", *PARTS), TREE), "required": ["score"]})
class TreesSerializer(serializers.Serializer):
    """The score's tree, and one of 100 points for each part of which something is known."""

    def to_representation(self, instance: dict[str, Explained]) -> dict[str, Any]:
        return {name: TreeSerializer().to_representation(tree) for name, tree in instance.items()}
