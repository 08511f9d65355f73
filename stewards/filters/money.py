"""What lists of acceptances, signatures, deductions, instalments and payments are narrowed by."""

from __future__ import annotations

from culture_admin.interfaces.filters import DayFilter, IdFilter, OneOfFilter, ScopedFilterSet
from stewards.models import Acceptance, AcceptanceLine, ContractPayment, Deduction, PlannedPayment, Signature


class AcceptanceFilter(ScopedFilterSet):
    firm = IdFilter(field_name="contract__firm")
    state = OneOfFilter(choices=Acceptance.State.choices)

    class Meta:
        model = Acceptance
        fields = ["contract", "instalment", "evaluation"]


class AcceptanceLineFilter(ScopedFilterSet):
    contract = IdFilter(field_name="acceptance__contract")

    class Meta:
        model = AcceptanceLine
        fields = ["acceptance", "line"]


class SignatureFilter(ScopedFilterSet):
    state = OneOfFilter(choices=Signature.State.choices)

    class Meta:
        model = Signature
        fields = ["acceptance", "unit", "station"]


class DeductionFilter(ScopedFilterSet):
    firm = IdFilter(field_name="contract__firm")
    state = OneOfFilter(choices=Deduction.State.choices)
    kind = OneOfFilter(choices=Deduction.Kind.choices)

    class Meta:
        model = Deduction
        fields = ["contract", "acceptance"]


class PlannedPaymentFilter(ScopedFilterSet):
    firm = IdFilter(field_name="contract__firm")

    class Meta:
        model = PlannedPayment
        fields = ["contract"]


class ContractPaymentFilter(ScopedFilterSet):
    firm = IdFilter(field_name="contract__firm")
    since = DayFilter(field_name="on", lookup_expr="gte")
    until = DayFilter(field_name="on", lookup_expr="lte")

    class Meta:
        model = ContractPayment
        fields = ["contract", "instalment", "acceptance"]
