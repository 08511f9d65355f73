"""Rules of deductions: by the contract's terms, decided by a second person."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from culture_admin.workflow.actions import StepRefused, perform
from stewards.models import Deduction
from tests.district import NOW
from tests.stewards.bills import BEGAN, ENDED, Bill
from tests.stewards.test_contracts import code_of

D = Deduction.State


@pytest.fixture
def bill(district):
    bill = Bill(district)
    bill.performing()
    return bill


@pytest.mark.parametrize(
    ("kind", "quantity", "entries", "rate", "amount"),
    [
        ("absence", "2.5", {}, 500, 1_250),
        ("cancelled", "3", {}, 1_000, 3_000),
        ("false_data", "2", {"line": "works"}, 16_000, 32_000),
        ("false_data", "1", {"line": "duty_days"}, 600, 600),
        ("other", "3", {"rate": Decimal("0.35")}, Decimal("0.35"), Decimal("1.05")),
        ("other", "0.5", {"rate": Decimal("0.01")}, Decimal("0.01"), Decimal("0.01")),
    ],
)
def test_a_deduction_is_so_many_at_the_rate_of_the_contract(bill, kind, quantity, entries, rate, amount):
    if "line" in entries:
        entries = {"line": bill.line(entries["line"])}
    deduction = bill.deduct(kind, quantity, decided=False, **entries)
    assert (deduction.rate, deduction.amount, deduction.state) == (rate, amount, D.PROPOSED)


@pytest.mark.parametrize(
    ("kind", "quantity", "entries", "field", "code"),
    [
        ("absence", "1", {"rate": Decimal(1)}, "rate", "rate_of_the_contract"),
        ("absence", "0.3", {}, "quantity", "half_days"),
        ("cancelled", "1.5", {}, "quantity", "whole_number"),
        ("false_data", "1", {}, "line", "required"),
        ("other", "1", {}, "rate", "required"),
        ("other", "1", {"rate": Decimal("0.005")}, "rate", ""),
        ("other", "500001", {"rate": Decimal(1)}, "quantity", "beyond_contract"),
        ("absence", "1", {"on": BEGAN - timedelta(days=1)}, "on", "outside_term"),
        ("absence", "1", {"on": ENDED + timedelta(days=1)}, "on", "outside_term"),
        ("absence", "1", {"reason": " "}, "reason", "blank"),
        ("absence", "0", {}, "quantity", "min_value"),
        ("late", "1", {}, "kind", "invalid_choice"),
    ],
)
def test_a_deduction_beyond_the_terms_is_refused(bill, kind, quantity, entries, field, code):
    with pytest.raises(ValidationError) as refused:
        bill.deduct(kind, quantity, **entries)
    if code:
        assert [*refused.value.error_dict] == [field]
        assert code_of(refused) == code
    assert not Deduction.objects.exists()


def test_what_the_contract_agrees_on_nothing_for_is_not_deducted(district):
    bill = Bill(district, absence_rate=Decimal(0))
    bill.performing()
    with pytest.raises(ValidationError) as refused:
        bill.deduct("absence", "1")
    assert code_of(refused) == "no_rate"


def test_a_line_of_another_contract_is_refused(bill, district):
    other = Bill(district, number="试文采〔2026〕4号").draft()
    with pytest.raises(ValidationError) as refused:
        bill.deduct("false_data", "1", line=other.lines.first())
    assert code_of(refused) == "line_elsewhere"


def test_nobody_decides_on_a_deduction_that_he_proposed(bill, district):
    bill.section = district.bureau_admin
    deduction = bill.deduct("cancelled", "1", decided=False)
    with pytest.raises(StepRefused) as refused:
        perform(deduction, "decide", actor=district.bureau_admin, at=NOW)
    assert refused.value.code == "self_approval"
    perform(deduction, "decide", actor=district.bureau_leader, at=NOW)
    assert deduction.state == D.DECIDED


@pytest.mark.parametrize("who", ["service", "finance", "firm_manager"])
def test_leader_and_administrator_alone_decide(bill, district, who):
    deduction = bill.deduct("cancelled", "1", decided=False)
    with pytest.raises(StepRefused) as refused:
        perform(deduction, "decide", actor=getattr(district, who), at=NOW)
    assert refused.value.code in ("not_your_power", "self_approval")


@pytest.mark.parametrize("who", ["finance", "firm_manager", "town_officer_east", "bureau_leader"])
def test_the_section_alone_proposes(bill, district, who):
    bill.section = getattr(district, who)
    with pytest.raises((PermissionDenied, StepRefused)):
        bill.deduct("cancelled", "1", decided=False)


def test_what_is_proposed_or_dropped_is_not_taken_off(bill, district):
    bill.deduct("cancelled", "1", decided=False)
    dropped = bill.deduct("cancelled", "1")
    with pytest.raises(StepRefused) as refused:
        perform(dropped, "drop", actor=district.bureau_leader, at=NOW)
    assert refused.value.code == "comment_required"
    perform(dropped, "drop", actor=district.bureau_leader, comment="提前报备", at=NOW)
    assert bill.sheet(2, bill.evaluated("85")).deducted == 0


def test_what_is_taken_off_is_not_dropped_any_more(bill, district):
    deduction = bill.deduct("cancelled", "1")
    bill.sheet(2, bill.evaluated("85"))
    with pytest.raises(StepRefused) as refused:
        perform(deduction, "drop", actor=district.bureau_leader, comment="提前报备", at=NOW)
    assert refused.value.code == "taken_already"


def test_nothing_is_deducted_from_a_contract_that_is_not_in_force(district):
    bill = Bill(district)
    bill.procuring()
    with pytest.raises(StepRefused) as refused:
        bill.deduct("cancelled", "1")
    assert refused.value.code == "illegal_transition"
