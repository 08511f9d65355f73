"""The loop select, use, manage, train: a story for each step, through the pages people work on and through the API."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from activities.models import Activity
from culture_admin.accounts.actions import grant_office
from culture_admin.accounts.roles import Role
from culture_admin.workflow.actions import perform
from culture_admin.workflow.models import Deadline
from stewards.actions import record_penalty
from stewards.burning import burn
from stewards.models import (
    Acceptance,
    Contract,
    ContractPayment,
    Delivery,
    DutyDay,
    Evaluation,
    Posting,
    ServiceFinding,
    ServiceOrder,
    Signature,
    Steward,
)
from stewards.qualifying import lacks_of
from tests.clock import in_days
from tests.district import NOW, OPENED
from tests.stewards.bills import BEGAN, HALF, Bill
from tests.stewards.deals import Deal, service_list
from tests.stewards.loop_doors import DOORS, Door
from tests.stewards.standards import YEAR, Evaluated, standard

LINES = [
    {"item": "群众文化活动", "measure": "activities", "target": "40.00", "unit_price": "5000.00", "weight": 60},
    {"item": "艺术培训", "measure": "class_hours", "target": "240.00", "unit_price": "500.00", "weight": 30},
]
PLAN: list[dict[str, Any]] = [
    {"share": 40, "when": "signed"},
    {"share": 60, "when": "accepted", "by_performance": True},
]


@pytest.fixture(params=list(DOORS))
def door(request) -> Door:
    return DOORS[request.param]()


@pytest.fixture
def terms(district) -> dict[str, Any]:
    """What the section writes into a contract; its lines weigh 90."""
    return {
        "place": district.county.pk, "stations": [district.east.pk, district.west.pk], "number": "试文采〔2026〕5号",
        "name": "文化管家服务", "firm": district.firm.pk, "method": "open_tender", "budget": "600000.00",
        "amount": "500000.00", "headcount": 2, "begins_on": "2026-03-01", "ends_on": "2027-02-28", "renewals_left": 1,
        "quantity_share": 40, "quality_share": 20, "towns_share": 20, "public_share": 20, "absence_rate": "500.00",
        "cancel_rate": "0.00", "lines": LINES, "plan": PLAN, "factors": [{"least": 60, "percent": 100}],
    }  # fmt: skip


@pytest.fixture
def deal(district) -> Deal:
    """A contract in performance, with a second line of activities."""
    second = {"item": "送戏进村", "measure": "activities", "target": Decimal(10), "unit_price": Decimal(0), "weight": 0}
    deal = Deal(district, headcount=4, ends_on=date(2029, 2, 28), lines=[*service_list(), second])
    deal.performing()
    return deal


def test_select_a_firm_by_tender(district, door, terms):
    section = district.service
    barring = record_penalty(
        actor=None, firm=district.firm, what="合同欺诈", authority="县财政局", document="1号", serious=True,
        valid_from=date(2026, 1, 5), at=NOW,
    )  # fmt: skip
    assert "合同欺诈" in door.enter(section, "contract", **terms)
    assert not Contract.objects.exists()
    perform(barring, "void", actor=section, comment="撤销处罚", at=NOW)
    door.enter(section, "contract", **terms)
    contract = Contract.objects.get()
    assert "add up to 90, not to 100" in door.step(section, contract, "procure")
    contract.refresh_from_db()
    assert contract.state == "preparing"

    whole = [LINES[0], LINES[1] | {"weight": 40}]
    door.change(section, contract, terms, lines=whole)
    assert [line.weight for line in contract.lines.order_by("number")] == [60, 40]
    door.step(section, contract, "procure")
    door.do(section, contract, "award", awarded_on="2026-02-02")
    contract.refresh_from_db()
    assert (contract.state, contract.awarded_on) == ("procuring", date(2026, 2, 2))
    assert owed(contract) == {"sign": date(2026, 3, 4)}
    door.do(section, contract, "sign", awarded_on="2026-02-02", signed_on="2026-02-20")
    # The 20th lies in the holidays of the Spring Festival; work begins on the 24th.
    assert owed(contract) == {"publish": date(2026, 2, 25), "copy": date(2026, 3, 3), "renew": date(2027, 2, 28)}
    door.do(section, contract, "file", copied_on="2026-02-27", published_on="2026-02-24")
    assert owed(contract) == {"renew": date(2027, 2, 28)}
    door.step(section, contract, "start")
    contract.refresh_from_db()
    assert (contract.state, contract.signed_on) == ("performing", date(2026, 2, 20))
    assert (contract.copied_on, contract.published_on) == (date(2026, 2, 27), date(2026, 2, 24))


def owed(contract: Contract) -> dict[str, date]:
    rows = Deadline.objects.open().filter(code__startswith="stewards.contract.", subject_id=contract.pk)
    return {row.code.rsplit(".")[-1]: row.due_on for row in rows}


def test_use_the_menu(district, deal, door):
    line, town = deal.contract.lines.get(number=1), district.town_officer_east
    wanted = {
        "line": line.pk, "station": district.east.pk, "quantity": "41.00", "what": "越剧专场", "wanted_on": str(in_days(0))
    }  # fmt: skip
    assert "40 activities are left" in door.enter(town, "order", **wanted)
    assert not ServiceOrder.objects.exists()
    door.enter(town, "order", **wanted | {"quantity": "1.00"})
    order = ServiceOrder.objects.get()
    assert (order.state, order.firm, order.quantity) == ("ordered", district.firm, 1)
    door.do(district.firm_manager, order, "agree", agreed_on=str(in_days(0)))
    order.refresh_from_db()
    assert (order.state, order.agreed_on) == ("agreed", in_days(0))

    log = logged(door, deal, "越剧专场", in_days(0))
    assert (log.state, log.steward, left(deal)) == ("logged", deal.posting("east").steward, {1: 40, 6: 10})
    door.step(district.station_head_east, log, "confirm")
    order.refresh_from_db()
    [delivery] = Delivery.objects.all()
    assert (order.state, delivery.order, delivery.line, delivery.source_id) == ("delivered", order, line, log.pk)
    assert left(deal) == {1: 39, 6: 10}


def test_use_no_log_twice(district, deal, door):
    log = logged(door, deal, "送戏到东村", in_days(-1))
    door.step(district.station_head_east, log, "confirm")
    first = Delivery.objects.get()
    door.step(district.station_head_east, log, "confirm")
    assert Delivery.objects.get() == first
    other = deal.contract.lines.get(number=6)
    door.do(district.service, first, "move", line=other.pk, reason="属于送戏进村")
    assert left(deal) == {1: 40, 6: 9}
    assert "reversed already" in door.do(district.service, first, "move", line=other.pk, reason="再算一次")
    assert [(row.line, row.source_id) for row in Delivery.objects.standing()] == [(other, log.pk)]
    door.step(district.station_head_east, log, "return", "照片不符")
    assert left(deal) == {1: 40, 6: 10}


def logged(door: Door, deal: Deal, title: str, on: date) -> Activity:
    """What the steward of the east says was held."""
    door.enter(
        deal.district.steward_east, "log", title=title, kind="PERF", station=deal.district.east.pk, begins_on=str(on),
        attendance=120,
    )  # fmt: skip
    return Activity.objects.get(title=title)


def left(deal: Deal) -> dict[int, Decimal]:
    """Of each line of activities what is left of it."""
    return {one.line.number: one.left for one in burn(deal.contract, on=in_days(0)) if one.line.measure == "activities"}


def test_manage_the_days_on_duty(district, deal, door):
    posting = deal.posting("east")
    day = {"posting": posting.pk, "halves": 2, "where": "station", "tasks": "教腰鼓"}
    ahead = door.enter(district.steward_east, "day", **day, day=str(in_days(1)))
    assert "is in the future" in ahead
    assert not DutyDay.objects.exists()
    door.enter(district.steward_east, "day", **day, day=str(in_days(-1)))
    duty = DutyDay.objects.get()
    assert (duty.state, duty.steward, duty.halves) == ("logged", posting.steward, 2)
    door.step(district.station_head_west, duty, "confirm")
    assert not Delivery.objects.exists()
    door.step(district.station_head_east, duty, "confirm")
    duty.refresh_from_db()
    [delivery] = Delivery.objects.all()
    assert (duty.state, delivery.line, delivery.quantity) == ("confirmed", deal.line("duty_days"), 1)


def test_manage_by_a_quarterly_evaluation(district, door):
    evaluated = Evaluated(district)
    section, firm = district.service, district.firm_manager
    entries = {"contract": evaluated.contract.pk, "scheme": standard(district).pk, "year": YEAR, "quarter": 1}
    assert "was not in performance" in door.enter(section, "evaluation", **entries | {"year": 2025})
    door.enter(section, "evaluation", **entries)
    evaluation = Evaluation.objects.get()
    items = {item.code: item for item in evaluation.items.all()}
    door.step(firm, evaluation, "declare")
    evaluation.refresh_from_db()
    assert evaluation.state == "open"
    for code, number, note in (("A1", "1", ""), ("A2", "10", "见附件"), ("A3", "", "镇内无非遗项目")):
        door.claim(firm, items[code], number, note)
    door.step(firm, evaluation, "declare")
    for town, points in (("east", 5), ("west", 4)):
        rating = evaluation.ratings.get(station=district.station(town))
        door.rate(getattr(district, f"town_officer_{town}"), rating, points)
    for code, number, remark in (("A1", "1", ""), ("A2", "5", "档案制度缺"), ("A3", "", "属实")):
        items[code].refresh_from_db()
        door.review(section, items[code], number, remark)
    door.step(section, evaluation, "conclude")
    evaluation.refresh_from_db()
    assert (evaluation.state, evaluation.towns) == ("concluded", 90)
    assert [(row.claimed_numbers, row.reviewed_numbers, row.remark) for row in evaluation.items.order_by("code")] == [
        ([1], [1], ""), ([10], [5], "档案制度缺"), ([], [], "属实"),
    ]  # fmt: skip


def test_manage_what_was_found(district, deal, door):
    due = in_days(14)
    found = {"contract": deal.contract.pk, "what": "签到表缺页", "opened_on": str(in_days(-1)), "due_on": str(due)}
    door.enter(district.service, "finding", **found)
    finding = ServiceFinding.objects.get()
    assert (finding.state, finding.due_on) == ("open", due)
    assert [row.due_on for row in Deadline.objects.open().filter(code="stewards.finding")] == [due]
    door.step(district.firm_manager, finding, "rectify", "已补签")
    finding.refresh_from_db()
    assert (finding.state, finding.rectification) == ("rectified", "已补签")
    assert not Deadline.objects.open().filter(code="stewards.finding").exists()
    door.step(district.firm_manager, finding, "accept")
    finding.refresh_from_db()
    assert finding.state == "rectified"
    door.step(district.service, finding, "accept")
    finding.refresh_from_db()
    assert finding.state == "closed"


def test_manage_acceptance_and_payment(district, door):
    bill = Bill(district)
    bill.performing()
    bill.deliver("activities", *[1] * 18)
    instalment = bill.instalment(2)
    door.enter(
        district.service, "acceptance", contract=bill.contract.pk, instalment=instalment.pk, first=str(BEGAN),
        last=str(HALF), evaluation=bill.evaluated("85.25").pk,
    )  # fmt: skip
    sheet = Acceptance.objects.get()
    assert (sheet.gross, sheet.factor, sheet.payable) == (150_000, 90, 135_000)
    door.step(district.service, sheet, "submit")
    assert "Still to be signed by" in door.step(district.service, sheet, "accept")
    for signature in Signature.objects.all():
        door.step(bill.member(signature), signature, "sign")
    door.step(district.service, sheet, "accept")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.signatures.filter(state="signed").count()) == ("accepted", 3)

    entry = {"instalment": instalment.pk, "amount": "135000.00", "on": str(in_days(0)), "document": "试财支〔2026〕7号"}
    grant_office(actor=None, user=district.service, role=Role.FINANCE, unit=district.bureau, valid_from=OPENED)
    assert "does not pay it" in door.enter(district.service, "payment", **entry)
    assert "135,000.00 yuan" in door.enter(district.finance, "payment", **entry | {"amount": "135000.01"})
    assert not ContractPayment.objects.exists()
    door.enter(district.finance, "payment", **entry)
    payment = ContractPayment.objects.get()
    assert (payment.amount, payment.acceptance, payment.recorded_by) == (135_000, sheet, district.finance)


def test_train_a_steward(district, door):
    firm, posting = district.firm_manager, district.posting("east")
    steward = posting.steward
    missing = ("Training before the post: 0 of 24 hours.", "Yearly training: 0 of 40 hours.")
    page = door.read(firm, steward)
    assert [text in page for text in missing] == [True, True]
    before = {lack.item for lack in lacks_of(steward, in_days(0))}
    training = {"steward": steward.pk, "name": "岗前培训", "issuer": "县文化馆", "valid_from": "2026-01-05"}
    door.enter(firm, "qualification", **training, kind="before_post", hours=24)
    door.enter(
        firm, "qualification", **training | {"name": "轮训", "valid_from": str(in_days(-1))}, kind="training", hours=16
    )
    assert "Yearly training: 16 of 40 hours." in door.read(firm, steward)
    door.enter(
        firm, "qualification", **training | {"name": "集训", "valid_from": str(in_days(-1))}, kind="training", hours=24
    )
    page = door.read(firm, steward)
    assert ["of 24 hours" in page, "of 40 hours" in page] == [False, False]
    steward = Steward.objects.get(pk=steward.pk)
    assert before - {lack.item for lack in lacks_of(steward, in_days(0))} == {"B3", "B4"}


def test_train_whoever_takes_over(district, deal, door):
    firm, posting, on = district.firm_manager, deal.posting("east"), in_days(10)
    door.enter(
        firm, "steward", firm=district.firm.pk, name="李弦", speciality="声乐", degree="bachelor", genres=["dance"]
    )
    third = Steward.objects.get(name="李弦")
    door.do(firm, posting, "replace", steward=third.pk, on=str(on), note="休产假")
    new = Posting.objects.get(steward=third)
    assert (new.state, new.replaces, new.valid_from, new.contract) == ("proposed", posting, on, deal.contract)
    door.step(district.town_officer_east, new, "consent")
    door.step(district.service, new, "confirm")
    new.refresh_from_db()
    posting.refresh_from_db()
    assert (new.state, posting.valid_to) == ("confirmed", on)
    assert Deadline.objects.open().filter(code="stewards.handover").count() == 1
    door.do(firm, new, "hand_over", note="移交钥匙与台账")
    new.refresh_from_db()
    assert new.handover_note == "移交钥匙与台账"
    assert not Deadline.objects.open().filter(code="stewards.handover").exists()
