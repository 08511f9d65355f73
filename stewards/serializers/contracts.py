"""How contracts are shown and entered, with their towns, service list, plan and factor; and supplements."""

from __future__ import annotations

from decimal import Decimal

from rest_framework import serializers

from culture_admin.interfaces.fields import (
    AmountField,
    DayField,
    OneOfField,
    ScopedRelatedField,
    WholeNumberField,
    YesNoField,
)
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField
from culture_admin.territory.models import Division
from stations.models import Station
from stations.serializers.money import YuanField
from stewards.actions.contracts import CHANGEABLE
from stewards.models import Contract, Measure, PlannedPayment, ServiceLine, Supplement
from stewards.serializers.firms import FIRMS

STATIONS = Station.objects.select_related("unit", "division", "county")
OF_LINE = (
    "number",
    "item",
    "measure",
    "station",
    "kind",
    "genre",
    "target",
    "unit_price",
    "weight",
    "first",
    "last",
    "orderable",
)
DAYS = ("awarded_on", "signed_on", "copied_on", "published_on", "closed_on")


class TargetField(AmountField):
    """How many, with two decimals, as text."""

    def __init__(self, **kwargs):
        super().__init__(**({"max_digits": 9, "decimal_places": 2} | kwargs))


class LineSerializer(StrictSerializer):
    """A line of a service list as it is entered; without days it is for the whole term, without a station for all towns."""

    id = serializers.IntegerField(source="pk", read_only=True)
    number = WholeNumberField(required=False, min_value=1, max_value=32_767)
    item = LineField(max_length=120)
    measure = OneOfField(choices=Measure.choices)
    unit = serializers.CharField(read_only=True)
    station = ScopedRelatedField(queryset=STATIONS, required=False, allow_null=True)
    kind = LineField(required=False, allow_blank=True, max_length=4)
    genre = LineField(required=False, allow_blank=True, max_length=20)
    target = TargetField(min_value=Decimal("0.01"))
    agreed = TargetField(read_only=True)
    unit_price = YuanField(min_value=Decimal(0))
    amount = YuanField(read_only=True)
    weight = WholeNumberField(min_value=0, max_value=100)
    first = DayField(required=False)
    last = DayField(required=False)
    orderable = YesNoField(required=False)


class PlannedPaymentSerializer(StrictSerializer):
    """An instalment of the payment plan."""

    id = serializers.IntegerField(source="pk", read_only=True)
    number = serializers.IntegerField(read_only=True)
    share = WholeNumberField(min_value=1, max_value=100)
    when = OneOfField(choices=PlannedPayment.When.choices)
    due_on = DayField(required=False, allow_null=True)
    by_performance = YesNoField(required=False)
    gross = YuanField(read_only=True)


class FactorSerializer(StrictSerializer):
    """From which performance score on how much is paid."""

    least = WholeNumberField(min_value=0, max_value=100)
    percent = WholeNumberField(min_value=0, max_value=100)


class ContractSerializer(ScopedModelSerializer):
    """Plan and factor are null for readers who see no payments."""

    place = ScopedRelatedField(queryset=Division.objects.all())
    firm = ScopedRelatedField(queryset=FIRMS)
    firm_name = serializers.CharField(source="firm.name", read_only=True)
    budget = YuanField(min_value=Decimal("0.01"))
    amount = YuanField(min_value=Decimal("0.01"))
    total = YuanField(read_only=True)
    stations = ScopedRelatedField(queryset=STATIONS, many=True, allow_empty=False)
    lines = LineSerializer(many=True, required=False)
    plan = PlannedPaymentSerializer(many=True, required=False)
    factors = FactorSerializer(many=True, required=False)
    keep_until = DayField(read_only=True, allow_null=True)

    class Meta:
        model = Contract
        fields = [
            "id", "place", *sorted(CHANGEABLE), "firm_name", "total", "stations", "lines", "plan", "factors", "renews", *DAYS,
            "keep_until", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["renews", *DAYS, "state"]
        fixed = ["place"]

    def to_representation(self, contract):
        shown = super().to_representation(contract)
        if not PlannedPayment.scope.offices(self.context["request"].user):
            shown |= {"plan": None, "factors": None}
        return shown


class AwardSerializer(StrictSerializer):
    awarded_on = DayField()


class SigningSerializer(StrictSerializer):
    """The day of the award may have been noted before."""

    awarded_on = DayField(required=False)
    signed_on = DayField()


class FilingSerializer(StrictSerializer):
    copied_on = DayField(required=False)
    published_on = DayField(required=False)
    document = LineField(required=False, allow_blank=True, max_length=120)


class RenewalSerializer(StrictSerializer):
    number = LineField(max_length=60)
    begins_on = DayField()
    ends_on = DayField(required=False)
    budget = YuanField(min_value=Decimal("0.01"))
    amount = YuanField(min_value=Decimal("0.01"))


class ServiceLineSerializer(ScopedModelSerializer):
    contract_number = serializers.CharField(source="contract.number", read_only=True)
    station_name = serializers.CharField(source="station.name", read_only=True, allow_null=True, default=None)
    unit = serializers.CharField(read_only=True)
    agreed = TargetField(read_only=True)
    amount = YuanField(read_only=True)

    class Meta:
        model = ServiceLine
        fields = ["id", "contract", "contract_number", *OF_LINE, "station_name", "unit", "agreed", "amount"]
        read_only_fields = fields


class SupplementSerializer(ScopedModelSerializer):
    contract = ScopedRelatedField(queryset=Contract.objects.select_related("place", "firm__unit__division"))
    line = ScopedRelatedField(queryset=ServiceLine.objects.all())
    contract_number = serializers.CharField(source="contract.number", read_only=True)
    amount = YuanField(min_value=Decimal("0.01"))

    class Meta:
        model = Supplement
        fields = [
            "id", "contract", "contract_number", "line", "quantity", "amount", "document", "reason", "signed_on", "state",
            "actions",
        ]  # fmt: skip
        read_only_fields = ["signed_on", "state"]
