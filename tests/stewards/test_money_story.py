"""One contract from its first log to its last payment, each step by the verb of whoever takes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from culture_admin.workflow.actions import perform
from stewards.actions import draw_spot_check, enter_outcomes
from stewards.models import Contract, Delivery
from stewards.paying import explained, factor_of
from tests.district import NOW
from tests.stewards.bills import BEGAN, ENDED, Bill
from tests.stewards.standards import Evaluated


def test_what_a_steward_logged_is_counted_evaluated_signed_and_paid(district):
    plan = [{"share": 40, "when": "signed"}, {"share": 60, "when": "accepted", "by_performance": True}]
    bill = Bill(district, plan=plan)
    bill.performing()
    for day in (9, 16, 23):
        log = district.log(actor=district.steward_east, posting=bill.posting("east"), begins_on=date(2026, 3, day))
        perform(log, "confirm", actor=district.station_head_east, at=NOW)
    returned = district.log(actor=district.steward_east, posting=bill.posting("east"), begins_on=date(2026, 3, 30))
    assert Delivery.objects.standing().filter(contract=bill.contract).count() == 3
    perform(returned, "return", actor=district.station_head_east, comment="照片不符", at=NOW)
    check = draw_spot_check(actor=bill.section, contract=bill.contract, first=BEGAN, last=ENDED, size=2, seed=7, at=NOW)
    said = {1: {"outcome": "true"}, 2: {"outcome": "true"}}
    enter_outcomes(actor=bill.section, spot_check=check, said=said, at=NOW)

    evaluation = Evaluated(district, quarter=1, deal=bill).concluded()
    bill.over()
    sheet = bill.sheet(2, evaluation, first=BEGAN, last=ENDED)
    line = sheet.lines.get(line__measure="activities")
    assert (line.target, line.done, line.evidence, line.verified) == (40, 3, 3, 2)
    assert line.points == Decimal("2.25")
    percent = factor_of(bill.contract, evaluation.score).percent
    assert sheet.payable == Decimal(300_000) * percent / 100
    assert [one.code for one in explained(sheet)] == ["amount", "share", "factor", "payable"]

    bill.sign_all(sheet)
    perform(sheet, "accept", actor=bill.section, at=NOW)
    bill.pay(1, "200000")
    if sheet.payable:
        bill.pay(2, str(sheet.payable))
    contract = Contract.objects.get(pk=bill.contract.pk)
    if contract.state == Contract.State.ACCEPTED:
        perform(contract, "settle", actor=bill.section, at=NOW)
    assert (contract.state, contract.paid) == (Contract.State.SETTLED, 200_000 + sheet.payable)
    assert Delivery.objects.standing().filter(contract=contract).count() == 3
