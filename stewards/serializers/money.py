"""How acceptances, their lines and signatures, deductions, instalments and payments are shown and entered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from culture_admin.interfaces.fields import AmountField, ScopedRelatedField, WholeNumberField
from culture_admin.interfaces.money import DIGITS
from culture_admin.interfaces.serializers import ScopedModelSerializer, StrictSerializer
from culture_admin.interfaces.text import LineField
from culture_admin.territory.models import Unit
from stewards.models import (
    Acceptance,
    AcceptanceLine,
    Contract,
    ContractPayment,
    Deduction,
    Evaluation,
    PlannedPayment,
    ServiceLine,
    Signature,
)
from stewards.paying import due_of

CONTRACTS = Contract.objects.select_related("place", "firm__unit")
YUAN = {"max_digits": DIGITS, "decimal_places": 2}


class CommentSerializer(StrictSerializer):
    """What is said of a line, by its number."""

    line = WholeNumberField(min_value=1)
    comment = LineField(max_length=300, allow_blank=True)


class AcceptanceSerializer(ScopedModelSerializer):
    contract = ScopedRelatedField(queryset=CONTRACTS)
    contract_name = serializers.CharField(source="contract.name", read_only=True)
    firm = serializers.IntegerField(source="contract.firm_id", read_only=True)
    firm_name = serializers.CharField(source="contract.firm.name", read_only=True)
    instalment = ScopedRelatedField(queryset=PlannedPayment.objects.all())
    evaluation: Any = ScopedRelatedField(queryset=Evaluation.objects.all(), required=False, allow_null=True)
    members = ScopedRelatedField(
        queryset=Unit.objects.select_related("division"), many=True, required=False, allow_empty=True, write_only=True
    )
    comments = CommentSerializer(many=True, required=False, write_only=True)
    signed = serializers.SerializerMethodField()
    asked = serializers.SerializerMethodField()

    class Meta:
        model = Acceptance
        fields = [
            "id", "contract", "contract_name", "firm", "firm_name", "instalment", "evaluation", "first", "last", "gross",
            "factor", "deducted", "payable", "conclusion", "members", "comments", "signed", "asked", "drawn_up_at",
            "accepted_on", "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["gross", "factor", "deducted", "payable", "drawn_up_at", "accepted_on", "state"]
        fixed = ["contract", "instalment", "members"]

    def get_signed(self, acceptance: Acceptance) -> int:
        """How many members have signed."""
        return sum(one.state == Signature.State.SIGNED for one in acceptance.signatures.all())

    def get_asked(self, acceptance: Acceptance) -> int:
        """How many members there are."""
        return len(acceptance.signatures.all())


class AcceptanceLineSerializer(ScopedModelSerializer):
    number = serializers.IntegerField(source="line.number", read_only=True)
    item = serializers.CharField(source="line.item", read_only=True)
    measure = serializers.CharField(source="line.measure", read_only=True)
    weight = serializers.IntegerField(source="line.weight", read_only=True)

    class Meta:
        model = AcceptanceLine
        fields = [
            "id", "acceptance", "line", "number", "item", "measure", "weight", "target", "done", "evidence", "verified",
            "points", "comment",
        ]  # fmt: skip
        read_only_fields = fields


class ExplainedLineSerializer(StrictSerializer):
    """One line of the reckoning: by how many yuan it changes what stands, and what stands after it."""

    code = serializers.CharField()
    text = serializers.CharField()
    working = serializers.CharField(allow_blank=True)
    change = serializers.CharField()
    amount = serializers.CharField()


class ExplanationSerializer(StrictSerializer):
    """Every yuan of what is to be paid: line by line, and in words in each language."""

    payable = AmountField(**YUAN)
    lines = ExplainedLineSerializer(many=True)
    text = serializers.DictField(child=serializers.CharField())


class SignatureSerializer(ScopedModelSerializer):
    acceptance = serializers.IntegerField(source="acceptance_id", read_only=True)
    contract_name = serializers.CharField(source="acceptance.contract.name", read_only=True)
    payable = AmountField(source="acceptance.payable", **YUAN, read_only=True)
    unit = serializers.IntegerField(source="unit_id", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)
    signed_by_name = serializers.CharField(source="signed_by.name", read_only=True, default=None, allow_null=True)

    class Meta:
        model = Signature
        fields = [
            "id", "acceptance", "contract_name", "payable", "unit", "unit_name", "signed_by_name", "signed_at", "state",
            "actions",
        ]  # fmt: skip
        read_only_fields = fields


class DeductionSerializer(ScopedModelSerializer):
    contract = ScopedRelatedField(queryset=CONTRACTS)
    contract_name = serializers.CharField(source="contract.name", read_only=True)
    line: Any = ScopedRelatedField(queryset=ServiceLine.objects.all(), required=False, allow_null=True)
    quantity = AmountField(max_digits=9, decimal_places=2, min_value=Decimal("0.01"))
    rate = AmountField(**YUAN, min_value=Decimal("0.01"), required=False, allow_null=True)
    acceptance = serializers.IntegerField(source="acceptance_id", read_only=True, allow_null=True)

    class Meta:
        model = Deduction
        fields = [
            "id", "contract", "contract_name", "kind", "line", "on", "quantity", "rate", "amount", "reason", "acceptance",
            "state", "actions",
        ]  # fmt: skip
        read_only_fields = ["amount", "state"]


class ContractInstalmentSerializer(ScopedModelSerializer):
    """An instalment and how it stands: null while it is not known what is to be paid."""

    contract_name = serializers.CharField(source="contract.name", read_only=True)
    firm = serializers.IntegerField(source="contract.firm_id", read_only=True)
    firm_name = serializers.CharField(source="contract.firm.name", read_only=True)
    gross = serializers.SerializerMethodField()
    payable = serializers.SerializerMethodField()
    paid = serializers.SerializerMethodField()
    left = serializers.SerializerMethodField()
    standing = serializers.SerializerMethodField()

    class Meta:
        model = PlannedPayment
        fields = [
            "id", "contract", "contract_name", "firm", "firm_name", "number", "share", "when", "due_on", "by_performance",
            "gross", "payable", "paid", "left", "standing",
        ]  # fmt: skip
        read_only_fields = fields

    def get_gross(self, instalment: PlannedPayment) -> str:
        return str(due_of(instalment).gross)

    @extend_schema_field(AmountField(**YUAN, allow_null=True))
    def get_payable(self, instalment: PlannedPayment) -> str | None:
        return _text(due_of(instalment).payable)

    def get_paid(self, instalment: PlannedPayment) -> str:
        return f"{due_of(instalment).paid:.2f}"

    @extend_schema_field(AmountField(**YUAN, allow_null=True))
    def get_left(self, instalment: PlannedPayment) -> str | None:
        return _text(due_of(instalment).left)

    def get_standing(self, instalment: PlannedPayment) -> str:
        """How it stands, in words."""
        return str(due_of(instalment).why)


class ContractPaymentSerializer(ScopedModelSerializer):
    contract = serializers.IntegerField(source="contract_id", read_only=True)
    contract_name = serializers.CharField(source="contract.name", read_only=True)
    firm = serializers.IntegerField(source="contract.firm_id", read_only=True)
    instalment = ScopedRelatedField(queryset=PlannedPayment.objects.all())
    acceptance = serializers.IntegerField(source="acceptance_id", read_only=True, allow_null=True)
    amount = AmountField(**YUAN, min_value=Decimal("0.01"))
    document = LineField(max_length=120)
    reversed = serializers.BooleanField(source="is_reversed", read_only=True)

    class Meta:
        model = ContractPayment
        fields = [
            "id", "contract", "contract_name", "firm", "instalment", "acceptance", "amount", "on", "document", "note",
            "reverses", "reason", "reversed", "recorded_at",
        ]  # fmt: skip
        read_only_fields = ["reverses", "reason", "recorded_at"]


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
