"""Rules of acceptance: what a sheet counts, when it may be drawn up, what a score earns."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from culture_admin.workflow.actions import StepRefused, perform
from stewards.actions import change_acceptance, draw_spot_check, enter_outcomes
from stewards.models import Acceptance, AcceptanceLine, Contract, Deduction, Evaluation
from stewards.paying import as_text, explained, factor_of
from tests.district import NOW
from tests.stewards.bills import BEGAN, ENDED, HALF, Bill
from tests.stewards.deals import SIGNED
from tests.stewards.test_contracts import code_of

A = Acceptance.State


@pytest.fixture
def bill(district):
    bill = Bill(district)
    bill.performing()
    return bill


@pytest.mark.parametrize(
    ("score", "percent"),
    [
        ("100", 100), ("90", 100), ("89.99", 90), ("80", 90), ("79.99", 80), ("70", 80), ("69.99", 60), ("60", 60),
        ("59.99", 0), ("0", 0),
    ],
)  # fmt: skip
def test_a_score_earns_what_its_step_says(bill, score, percent):
    factor = factor_of(bill.contract, Decimal(score))
    assert factor.percent == percent
    assert factor.may_terminate == (percent == 0)


def test_without_steps_of_its_own_a_contract_has_the_usual_ones(district):
    plan = [{"share": 100, "when": "accepted"}]
    contract = Bill(district, plan=plan, factors=[]).draft()
    assert [factor_of(contract, Decimal(score)).percent for score in (90, 80, 70, 60, 59)] == [100, 90, 80, 60, 0]


def test_an_instalment_is_rounded_once_half_up(district):
    """100,000.05 at 50 % are 50,000.025, so that 50,000.02 are left; a quarter of them are 12,500.005."""
    plan = [{"share": 50, "when": "signed"}, {"share": 50, "when": "accepted", "by_performance": True}]
    terms = {"amount": Decimal("100000.05"), "plan": plan, "factors": [{"least": 0, "percent": 25}]}
    line = {"item": "活动", "measure": "activities", "target": Decimal(10), "unit_price": Decimal(1_000), "weight": 100}
    bill = Bill(district, lines=[line], **terms)
    bill.performing()
    sheet = bill.sheet(2, bill.evaluated("50"))
    assert (sheet.gross, sheet.factor, sheet.payable) == (Decimal("50000.02"), 25, Decimal("12500.01"))
    assert [line.code for line in explained(sheet)] == ["amount", "share", "left_over", "factor", "rounding", "payable"]


def test_below_sixty_points_nothing_is_paid_and_the_explanation_says_so(bill):
    sheet = bill.sheet(2, bill.evaluated("59.99"))
    assert sheet.payable == 0
    assert "the contract may be terminated" in as_text(sheet, "en")


def test_a_sheet_counts_what_stands_in_its_time(bill):
    *_three, reversed_one = bill.deliver("activities", 1, 1, 1, 1)
    bill.deliver("activities", 1, on=HALF + timedelta(days=1))
    reversed_one.reversed_at = NOW
    reversed_one.save()
    check = draw_spot_check(actor=bill.section, contract=bill.contract, first=BEGAN, last=HALF, size=3, seed=1, at=NOW)
    said = {
        number: {"outcome": outcome, "note": "核对"} for number, outcome in enumerate(("true", "different", "false"), 1)
    }
    enter_outcomes(actor=bill.section, spot_check=check, said=said, at=NOW)
    line = bill.sheet(2, bill.evaluated("85")).lines.get(line__measure="activities")
    assert (line.done, line.evidence, line.verified) == (3, 3, 1)


def test_a_line_outside_the_time_has_no_target_and_no_points(district):
    late = date(2026, 1, 1)
    lines = [
        {"item": "活动", "measure": "activities", "target": Decimal(10), "unit_price": Decimal(1_000), "weight": 60},
        {
            "item": "作品",
            "measure": "works",
            "target": Decimal(2),
            "unit_price": Decimal(1_000),
            "weight": 40,
            "first": late,
        },
    ]
    bill = Bill(district, lines=lines)
    bill.performing()
    line = bill.sheet(2, bill.evaluated("85")).lines.get(line__measure="works")
    assert (line.target, line.points) == (0, None)


def test_every_line_of_the_contract_stands_on_the_sheet_though_nothing_was_done(bill):
    sheet = bill.sheet(2, bill.evaluated("85"))
    assert [line.line.measure for line in sheet.lines.all()] == [
        "activities", "class_hours", "duty_days", "teams", "works",
    ]  # fmt: skip
    assert {line.done for line in sheet.lines.all()} == {0}


@pytest.mark.parametrize(
    ("number", "entries", "field", "code"),
    [
        (1, {}, "instalment", "due_on_signing"),
        (3, {}, "instalment", "earlier_first"),
        (2, {"first": BEGAN - timedelta(days=1)}, "first", "outside_term"),
        (2, {"last": ENDED + timedelta(days=1)}, "first", "outside_term"),
        (2, {"first": HALF, "last": BEGAN}, "first", "outside_term"),
        (2, {"at": datetime(2025, 10, 30, tzinfo=NOW.tzinfo)}, "last", "in_the_future"),
    ],
)
def test_a_sheet_that_is_not_in_order_is_not_drawn_up(bill, number, entries, field, code):
    evaluation = None if number == 1 else bill.evaluated("85", last=ENDED)
    with pytest.raises(ValidationError) as refused:
        bill.sheet(number, evaluation, **entries)
    assert [*refused.value.error_dict] == [field]
    assert code_of(refused) == code
    assert not Acceptance.objects.exists()


def test_an_instalment_by_performance_needs_a_concluded_evaluation_of_the_contract_and_the_time(bill, district):
    other = Bill(district, number="试文采〔2026〕4号").draft()
    cases = {
        "evaluation_required": None,
        "evaluation_open": bill.evaluated(None, state=Evaluation.State.DECLARED),
        "evaluation_of_another_time": bill.evaluated("85", HALF + timedelta(days=1), ENDED),
        "evaluation_elsewhere": bill.evaluated("85", contract=other),
    }
    for code, evaluation in cases.items():
        with pytest.raises(ValidationError) as refused:
            bill.sheet(2, evaluation)
        assert code_of(refused) == code


def test_an_instalment_that_is_not_paid_by_performance_names_no_evaluation(district):
    plan = [{"share": 40, "when": "signed"}, {"share": 60, "when": "accepted"}]
    bill = Bill(district, plan=plan)
    bill.performing()
    with pytest.raises(ValidationError) as refused:
        bill.sheet(2, bill.evaluated("85"))
    assert code_of(refused) == "not_by_performance"
    assert bill.sheet(2).payable == 300_000


def test_an_instalment_of_another_contract_is_refused(bill, district):
    other = Bill(district, number="试文采〔2026〕4号").draft()
    with pytest.raises(ValidationError) as refused:
        bill.sheet(2, bill.evaluated("85"), instalment=other.plan.get(number=2))
    assert code_of(refused) == "instalment_elsewhere"


def test_an_instalment_is_accepted_once(bill):
    evaluation = bill.evaluated("85")
    bill.sheet(2, evaluation)
    with pytest.raises(ValidationError) as refused:
        bill.sheet(2, evaluation)
    assert code_of(refused) == "accepted_already"


def test_nothing_is_accepted_of_a_contract_that_is_not_signed(district):
    bill = Bill(district)
    bill.procuring()
    with pytest.raises(StepRefused) as refused:
        bill.sheet(2, bill.evaluated("85"))
    assert refused.value.code == "illegal_transition"


@pytest.mark.parametrize("who", ["finance", "bureau_leader", "town_officer_east", "station_head_east", "firm_manager"])
def test_the_section_alone_draws_a_sheet_up(bill, district, who):
    evaluation = bill.evaluated("85")
    bill.section = getattr(district, who)
    with pytest.raises(PermissionDenied):
        bill.sheet(2, evaluation)


def test_another_county_knows_nothing_of_the_contract(bill, district):
    evaluation = bill.evaluated("85")
    bill.section = district.bureau_admin_elsewhere
    with pytest.raises(StepRefused) as refused:
        bill.sheet(2, evaluation)
    assert refused.value.code == "not_found"


def test_a_recount_keeps_what_was_said_of_a_line(bill):
    sheet = bill.sheet(2, bill.evaluated("85"))
    change_acceptance(
        actor=bill.section, acceptance=sheet, comments=[{"line": 1, "comment": "缺两场"}], conclusion="基本合格", at=NOW
    )
    bill.deliver("activities", 1, 1)
    changed = change_acceptance(actor=bill.section, acceptance=sheet, at=NOW)
    line = sheet.lines.get(line__number=1)
    assert (line.done, line.comment, changed.conclusion) == (2, "缺两场", "基本合格")
    assert AcceptanceLine.objects.filter(acceptance=sheet).count() == 5
    with pytest.raises(ValidationError) as refused:
        change_acceptance(actor=bill.section, acceptance=sheet, comments=[{"line": 6, "comment": "没有"}], at=NOW)
    assert code_of(refused) == "unknown_line"


def test_a_sheet_is_not_submitted_when_the_ledger_has_moved_on(bill):
    sheet = bill.sheet(2, bill.evaluated("85"))
    bill.deliver("activities", 1)
    with pytest.raises(StepRefused) as refused:
        perform(sheet, "submit", actor=bill.section, at=NOW)
    assert refused.value.code == "outdated"
    sheet.refresh_from_db()
    assert sheet.state == A.DRAWN_UP
    change_acceptance(actor=bill.section, acceptance=sheet, at=NOW)
    bill.deduct("cancelled", "1")
    with pytest.raises(StepRefused) as refused:
        perform(sheet, "submit", actor=bill.section, at=NOW)
    assert refused.value.code == "outdated"
    change_acceptance(actor=bill.section, acceptance=sheet, at=NOW)
    perform(sheet, "submit", actor=bill.section, at=NOW)
    assert sheet.state == A.SIGNING


def test_what_is_submitted_is_frozen(bill):
    bill.deliver("activities", 1)
    sheet = bill.sheet(2, bill.evaluated("85"))
    perform(sheet, "submit", actor=bill.section, at=NOW)
    before = [(line.text, line.amount) for line in explained(sheet)]
    bill.supplement("5000")
    bill.deliver("activities", 1)
    with pytest.raises(StepRefused) as refused:
        change_acceptance(actor=bill.section, acceptance=sheet, conclusion="改", at=NOW)
    assert refused.value.code == "illegal_transition"
    sheet = Acceptance.objects.get()
    assert [(line.text, line.amount) for line in explained(sheet)] == before
    assert sheet.lines.get(line__number=1).done == 1


def test_the_last_instalment_is_accepted_once_the_term_is_over_and_the_contract_with_it(bill):
    bill.accepted()
    last = bill.sign_all(bill.sheet(3, bill.evaluated("92", last=ENDED)))
    with pytest.raises(StepRefused) as refused:
        perform(last, "accept", actor=bill.section, at=NOW)
    assert refused.value.code == "not_finished"
    bill.over()
    perform(last, "accept", actor=bill.section, at=NOW)
    bill.contract.refresh_from_db()
    assert bill.contract.state == Contract.State.ACCEPTED
    perform(last, "void", actor=bill.section, comment="评价有误", at=NOW)
    bill.contract.refresh_from_db()
    assert bill.contract.state == Contract.State.AWAITING


def test_what_is_paid_wholly_on_signing_is_accepted_all_the_same_and_settled(district):
    """Two instalments, both due on signing: the last has a sheet of its own, signed by the same, for which nothing more is paid."""
    bill = Bill(district, plan=[{"share": 70, "when": "signed"}, {"share": 30, "when": "signed"}], factors=[])
    bill.performing()
    for number, amount in ((1, "350000"), (2, "100000")):
        bill.pay(number, amount)
    bill.deliver("activities", 1, 1)
    with pytest.raises(ValidationError) as refused:
        bill.sheet(1, first=BEGAN, last=ENDED)
    assert code_of(refused) == "due_on_signing"
    sheet = bill.sign_all(bill.sheet(2, first=BEGAN, last=ENDED))
    assert [(line.code, line.amount) for line in explained(sheet)] == [
        ("amount", 500_000), ("share", 150_000), ("on_signing", 0), ("payable", 0),
    ]  # fmt: skip
    assert (sheet.gross, sheet.payable, sheet.lines.get(line__measure="activities").done) == (150_000, 0, 2)
    with pytest.raises(StepRefused) as refused:
        perform(sheet, "accept", actor=bill.section, at=NOW)
    assert refused.value.code == "not_finished"
    bill.over()
    perform(sheet, "accept", actor=bill.section, at=NOW)
    bill.contract.refresh_from_db()
    assert bill.contract.state == Contract.State.ACCEPTED
    bill.pay(2, "50000", on=SIGNED)
    bill.contract.refresh_from_db()
    assert bill.contract.state == Contract.State.SETTLED


def test_what_is_due_on_signing_is_not_paid_by_performance(district):
    plan = [{"share": 40, "when": "signed", "by_performance": True}, {"share": 60, "when": "accepted"}]
    with pytest.raises(ValidationError) as refused:
        Bill(district, plan=plan).draft()
    assert code_of(refused) == "performance_on_signing"


def test_a_sheet_that_comes_to_nothing_leaves_its_deductions_for_the_next(bill):
    deduction = bill.deduct("cancelled", "1")
    for step in ("refuse", "void"):
        sheet = bill.sheet(2, Evaluation.objects.first() or bill.evaluated("85"))
        assert sheet.deducted == 1_000
        perform(sheet, "submit", actor=bill.section, at=NOW)
        perform(sheet, step, actor=bill.section, comment="数据有误", at=NOW)
        deduction.refresh_from_db()
        assert deduction.acceptance is None
        assert {one.state for one in sheet.signatures.all()} == {"released"}
    assert bill.sheet(2, Evaluation.objects.get()).deducted == 1_000


def test_an_earlier_instalment_is_voided_after_the_later_one(bill):
    first = bill.accepted()
    last = bill.sheet(3, bill.evaluated("92", last=ENDED))
    with pytest.raises(StepRefused) as refused:
        perform(first, "void", actor=bill.section, comment="有误", at=NOW)
    assert refused.value.code == "later_first"
    perform(last, "void", actor=bill.section, comment="有误", at=NOW)
    perform(first, "void", actor=bill.section, comment="有误", at=NOW)
    assert not Acceptance.objects.standing().exists()


def test_a_deduction_is_taken_off_once_and_whole(bill):
    """Of 150,000 × 60 % = 90,000 yuan nothing is left for the second; it waits for the next instalment."""
    bill.deduct("other", "1", rate=Decimal(90_000))
    waiting = bill.deduct("other", "1", rate=Decimal("0.01"))
    first = bill.accepted(score="60")
    assert (first.deducted, first.payable) == (90_000, 0)
    waiting.refresh_from_db()
    assert waiting.acceptance is None
    second = bill.sheet(3, bill.evaluated("60", last=ENDED))
    assert second.deducted == Decimal("0.01")
    assert Deduction.objects.filter(acceptance=first).count() == 1
