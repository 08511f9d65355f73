"""Rules of paying a firm: what is due, to whom it is refused, and how a wrong entry is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from culture_admin.accounts.actions import grant_office
from culture_admin.accounts.roles import Role
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Deadline
from stewards.actions import reverse_contract_payment
from stewards.models import Contract, ContractPayment
from stewards.paying import OF_MONEY, statement_of
from tests.district import NOW, OPENED, TODAY
from tests.stewards.bills import Bill
from tests.stewards.deals import SIGNED
from tests.stewards.test_contracts import code_of

C = Contract.State


@pytest.fixture
def bill(district):
    bill = Bill(district)
    bill.performing()
    return bill


def statement(bill: Bill):
    return statement_of(Contract.objects.prefetch_related(*OF_MONEY).get(pk=bill.contract.pk))


def test_an_instalment_is_paid_in_parts_up_to_what_is_payable(bill):
    bill.pay(1, "150000")
    with pytest.raises(ValidationError) as refused:
        bill.pay(1, "50000.01")
    assert code_of(refused) == "more_than_payable"
    assert "50,000.00" in str(refused.value)
    bill.pay(1, "50000")
    row = statement(bill).rows[0]
    assert (row.payable, row.paid, row.left) == (200_000, 200_000, 0)


def test_nothing_is_paid_before_the_contract_is_signed(district):
    bill = Bill(district)
    bill.procuring()
    with pytest.raises(StepRefused) as refused:
        bill.pay(1, "1")
    assert refused.value.code == "not_signed"


def test_an_instalment_is_not_paid_before_its_acceptance_is_accepted(bill):
    for carry in (lambda: None, lambda: bill.sheet(2, bill.evaluated("85"))):
        carry()
        with pytest.raises(StepRefused) as refused:
            bill.pay(2, "1")
        assert refused.value.code == "not_accepted"
        assert statement(bill).rows[1].payable is None


@pytest.mark.parametrize(
    ("number", "on"), [(1, SIGNED - timedelta(days=1)), (1, TODAY + timedelta(days=1)), (2, TODAY - timedelta(days=1))]
)
def test_the_day_is_not_before_it_was_owed_nor_in_the_future(bill, number, on):
    bill.accepted()
    with pytest.raises(ValidationError) as refused:
        bill.pay(number, "1", on=on)
    assert [*refused.value.error_dict] == ["on"]
    assert code_of(refused) == "date_range"


@pytest.mark.parametrize(
    ("entries", "field", "code"),
    [
        ({"amount": "0"}, "amount", "amount_positive"),
        ({"amount": "-5"}, "amount", "amount_positive"),
        ({"amount": "0.001"}, "amount", "amount_scale"),
        ({"document": "  "}, "document", "blank"),
    ],
)
def test_an_entry_without_a_right_amount_or_a_document_is_refused(bill, entries, field, code):
    with pytest.raises(ValidationError) as refused:
        bill.pay(1, **{"amount": "1"} | entries)
    assert [*refused.value.error_dict] == [field]
    assert code_of(refused) == code
    assert not ContractPayment.objects.exists()


@pytest.mark.parametrize("who", ["service", "bureau_admin", "bureau_leader", "firm_manager", "town_officer_east"])
def test_finance_alone_pays(bill, district, who):
    with pytest.raises((PermissionDenied, StepRefused)):
        bill.pay(1, "1", actor=getattr(district, who))
    assert not ContractPayment.objects.exists()


def test_who_signed_the_acceptance_does_not_pay_it(bill, district):
    bill.accepted()
    both = district.service
    grant_office(actor=None, user=both, role=Role.FINANCE, unit=district.bureau, valid_from=OPENED)
    with pytest.raises(StepRefused) as refused:
        bill.pay(2, "1", actor=both)
    assert refused.value.code == "payer_signed"
    bill.pay(1, "1", actor=both)
    bill.pay(2, "1")


def test_a_wrong_payment_is_taken_back_once_with_a_reason(bill, district):
    wrong = bill.pay(1, "200000")
    with pytest.raises(StepRefused) as refused:
        reverse_contract_payment(actor=district.finance, contractpayment=wrong, reason=" ", at=NOW)
    assert refused.value.code == "comment_required"
    back = reverse_contract_payment(actor=district.finance, contractpayment=wrong, reason="账号有误", at=NOW)
    assert (back.amount, back.reverses, back.on) == (-200_000, wrong, wrong.on)
    assert statement(bill).rows[0].left == 200_000
    for entry, code in ((wrong, "reversed_already"), (back, "is_reversal")):
        with pytest.raises(StepRefused) as refused:
            reverse_contract_payment(actor=district.finance, contractpayment=entry, reason="再退", at=NOW)
        assert refused.value.code == code
    with pytest.raises(PermissionDenied):
        reverse_contract_payment(actor=district.service, contractpayment=wrong, reason="账号有误", at=NOW)


def test_entries_are_only_added_to(bill):
    payment = bill.pay(1, "1")
    for change in (payment.delete, lambda: ContractPayment.objects.filter(pk=payment.pk).update(amount=2)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_what_is_due_on_signing_is_owed_until_it_is_paid_or_the_contract_is_over(bill, district):
    """By the day of the plan, where it has one, else thirty days after the signing; of two the earlier."""

    def owed():
        return [one.due_on for one in Deadline.objects.open().filter(code="stewards.advance")]

    assert owed() == [SIGNED + timedelta(days=30)]
    bill.pay(1, "150000")
    assert owed() == [SIGNED + timedelta(days=30)]
    last = bill.pay(1, "50000")
    assert owed() == []
    reverse_contract_payment(actor=district.finance, contractpayment=last, reason="账号有误", at=NOW)
    assert owed() == [SIGNED + timedelta(days=30)]
    perform(bill.contract, "end", actor=bill.section, comment="双方协商", at=NOW)
    assert owed() == []
    plan = [
        {"share": 60, "when": "signed", "due_on": SIGNED + timedelta(days=9)},
        {"share": 40, "when": "signed"},
    ]
    other = Bill(district, number="试文采〔2026〕9号", plan=plan, factors=[])
    other.signed_alone()
    assert owed() == [SIGNED + timedelta(days=9)]
    other.pay(1, "300000")
    assert owed() == [SIGNED + timedelta(days=30)]


def test_the_last_payment_settles_the_contract_and_a_reversal_opens_it_again(bill, district):
    bill.accepted(score="92")
    bill.over()
    bill.accepted(3, "92")
    bill.pay(1, "200000")
    bill.pay(2, "150000")
    bill.pay(3, "149999.99")
    bill.contract.refresh_from_db()
    assert bill.contract.state == C.ACCEPTED
    last = bill.pay(3, "0.01")
    bill.contract.refresh_from_db()
    assert (bill.contract.state, bill.contract.closed_on) == (C.SETTLED, TODAY)
    reverse_contract_payment(actor=district.finance, contractpayment=last, reason="退回", at=NOW)
    bill.contract.refresh_from_db()
    assert (bill.contract.state, bill.contract.closed_on) == (C.ACCEPTED, None)
    with pytest.raises(StepRefused) as refused:
        perform(bill.contract, "settle", actor=bill.section, at=NOW)
    assert refused.value.code == "owing"
    bill.pay(3, "0.01")
    bill.contract.refresh_from_db()
    assert bill.contract.state == C.SETTLED


def test_a_contract_of_which_nothing_is_earned_is_settled_by_its_section(bill):
    """The first instalment is paid; the others earn nothing, so that no payment settles it."""
    bill.pay(1, "200000")
    bill.accepted(score="50")
    bill.over()
    bill.accepted(3, "50")
    bill.contract.refresh_from_db()
    assert bill.contract.state == C.ACCEPTED
    perform(bill.contract, "settle", actor=bill.section, at=NOW)
    assert bill.contract.state == C.SETTLED


def test_what_was_paid_for_is_not_voided(bill, district):
    sheet = bill.accepted()
    payment = bill.pay(2, "10")
    with pytest.raises(StepRefused) as refused:
        perform(sheet, "void", actor=bill.section, comment="有误", at=NOW)
    assert refused.value.code == "paid_already"
    reverse_contract_payment(actor=district.finance, contractpayment=payment, reason="退回", at=NOW)
    perform(sheet, "void", actor=bill.section, comment="有误", at=NOW)


def test_payments_never_come_to_more_than_the_contract_with_its_supplements(bill):
    bill.accepted(score="92")
    bill.supplement("50000")
    bill.over()
    bill.accepted(3, "92")
    rows = statement(bill).rows
    assert [row.gross for row in rows] == [220_000, 150_000, 180_000]
    for row in rows:
        bill.pay(row.instalment.number, str(row.payable))
        with pytest.raises((ValidationError, StepRefused)):
            bill.pay(row.instalment.number, "0.01")
    assert Contract.objects.get(pk=bill.contract.pk).paid == Contract.objects.get(pk=bill.contract.pk).total == 550_000
