"""Money: budgets stay as they were filed, entries only add up, and on time means by the planned day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Deadline, Decision
from stations.actions import propose_purpose_change, reverse_payment, reverse_spending
from stations.actions.budgets import differences
from stations.models import Appropriation, Budget, BudgetLine, Finding, Instalment, Spending
from tests.district import NOW, TODAY
from tests.stations.money import YEAR, budgeted, instalment, instalments, lines, noon, paid, proposed, spent

WHOLE_YEAR = Period.parse(str(YEAR))
MARCH, JUNE, SEPTEMBER = date(YEAR, 3, 31), date(YEAR, 6, 30), date(YEAR, 9, 30)


def number(metric: str, at=NOW, period=WHOLE_YEAR, **where):
    return read(metric, period=period, where=where, at=at).total.values[metric]


def duties() -> list[tuple[date, bool]]:
    rows = Deadline.objects.filter(code="stations.instalment").order_by("due_on", "id")
    return [(duty.due_on, duty.settled_at is None) for duty in rows]


def refused(field: str, code: str, verb, *args, **entries) -> None:
    with pytest.raises(ValidationError) as error:
        verb(*args, **entries)
    assert {name: faults[0].code for name, faults in error.value.error_dict.items()} == {field: code}


# --- budgets ---


def test_the_town_commits_itself_and_owes_each_instalment_by_its_day(district):
    budget = proposed(district)
    assert (budget.state, number("stations.budget")) == ("proposed", None)
    perform(budget, "commit", actor=district.town_officer_east, at=noon(date(YEAR, 1, 20)))
    budget.refresh_from_db()
    assert (budget.state, budget.committed_on) == ("committed", date(YEAR, 1, 20))
    assert number("stations.budget") == 100_000
    assert duties() == [(MARCH, True), (JUNE, True), (SEPTEMBER, True)]
    duty = Deadline.objects.get(code="stations.instalment", due_on=MARCH)
    assert duty.unit.name_zh == "东镇人民政府"
    assert "40,000.00" in duty.said


@pytest.mark.parametrize(
    ("entries", "field", "code"),
    [
        ({"year": 1999}, "year", "year_range"),
        ({"year": 2099}, "year", "year_range"),
        ({"lines": []}, "lines", "required"),
        ({"lines": lines() + lines()}, "lines", "purpose_twice"),
        ({"lines": lines(gifts=100_000)}, "lines", "invalid_choice"),
        ({"lines": lines(activities="100000.001")}, "lines", "amount_scale"),
        ({"lines": lines(activities=-100_000)}, "lines", "amount_positive"),
        ({"lines": lines(activities=10**12)}, "lines", "amount_range"),
        ({"instalments": []}, "instalments", "instalments_number"),
        ({"instalments": instalments({(1, day): 1 for day in range(1, 26)})}, "instalments", "instalments_number"),
        ({"instalments": instalments(year=YEAR + 1)}, "instalments", "outside_year"),
        ({"instalments": instalments() + instalments()}, "instalments", "day_twice"),
        ({"instalments": instalments({(3, 31): 99_999})}, "instalments", "plan_sum"),
        ({"instalments": instalments({(3, 31): 0, (6, 30): 100_000})}, "instalments", "amount_positive"),
        ({"document": ""}, "document", "blank"),
    ],
)
def test_a_budget_that_cannot_be_is_refused_at_its_field(district, entries, field, code):
    refused(field, code, proposed, district, **entries)
    assert not Budget.objects.exists()


def test_a_revision_keeps_what_was_before_and_says_what_it_changes(district):
    budget = budgeted(district)
    more = proposed(
        district,
        at=NOW,
        reason="追加非遗普查",
        lines=lines(activities=60_000, creation=30_000, heritage=20_000),
        instalments=instalments({(3, 31): 40_000, (6, 30): 30_000, (9, 30): 40_000}),
    )
    assert (more.revision, more.state) == (1, "proposed")
    assert {one.what: (one.before, one.after) for one in differences(more)} == {
        str(BudgetLine(purpose="training").get_purpose_display()): (Decimal(10_000), None),
        str(BudgetLine(purpose="heritage").get_purpose_display()): (None, Decimal(20_000)),
        differences(more)[2].what: (Decimal(30_000), Decimal(40_000)),
        differences(more)[3].what: (Decimal(100_000), Decimal(110_000)),
    }
    perform(more, "commit", actor=district.town_officer_east, at=NOW)
    budget.refresh_from_db()
    assert budget.state == "superseded"
    assert [line.amount for line in budget.lines.all()] == [60_000, 30_000, 10_000]
    assert number("stations.budget") == 110_000
    step = Decision.objects.about(budget).first()
    assert (step.step, step.comment != "") == ("supersede", True)
    open_duties = [due for due, is_open in duties() if is_open]
    assert open_duties == [MARCH, JUNE, SEPTEMBER]


@pytest.mark.parametrize(
    "entries",
    [
        {
            "lines": lines(activities=50_000, creation=30_000),
            "instalments": instalments({(3, 31): 40_000, (6, 30): 40_000}),
        },
        {"instalments": instalments({(3, 31): 40_000, (6, 30): 20_000, (9, 30): 40_000})},
        {"instalments": instalments({(3, 31): 40_000, (7, 31): 30_000, (9, 30): 30_000})},
    ],
)
def test_what_takes_something_away_waits_for_the_bureaus_consent(district, entries):
    budgeted(district)
    cut = proposed(district, at=NOW, reason="财力紧张", **entries)
    assert cut.state == "awaiting"
    with pytest.raises(StepRefused):
        perform(cut, "commit", actor=district.town_officer_east, at=NOW)
    with pytest.raises(StepRefused):
        perform(cut, "consent", actor=district.town_officer_east, at=NOW)
    perform(cut, "consent", actor=district.finance, at=NOW)
    perform(cut, "commit", actor=district.town_officer_east, at=NOW)
    assert Budget.objects.committed().get().pk == cut.pk


def test_what_is_objected_to_is_filed_anew_and_the_budget_stays(district):
    budget = budgeted(district)
    cut = proposed(
        district, at=NOW, reason="财力紧张", lines=lines(activities=40_000), instalments=instalments({(3, 31): 40_000})
    )
    perform(cut, "object", actor=district.finance, at=NOW, comment="年度预算应予保障")
    assert cut.state == "returned"
    again = proposed(district, at=NOW, reason="调整")
    assert (again.revision, again.state) == (1, "proposed")
    assert Budget.objects.committed().get().pk == budget.pk


def test_what_has_fallen_due_stays_as_it_was(district):
    budgeted(district)
    moved = instalments({(4, 30): 40_000, (6, 30): 30_000, (9, 30): 30_000})
    refused("instalments", "fallen_due", proposed, district, at=NOW, reason="x", instalments=moved)
    fewer = instalments({(6, 30): 100_000})
    refused("instalments", "fallen_due", proposed, district, at=NOW, reason="x", instalments=fewer)
    refused("reason", "required", proposed, district, at=NOW)


def test_one_proposal_waits_at_a_time(district):
    first = proposed(district)
    with pytest.raises(ValidationError):
        proposed(district)
    perform(first, "withdraw", actor=district.station_head_east, at=NOW, comment="重新测算")
    assert proposed(district).state == "proposed"


@pytest.mark.parametrize("who", ["finance", "bureau_admin", "station_head_west", "town_officer_west", "observer"])
def test_nobody_else_files_a_budget(district, who):
    with pytest.raises(PermissionDenied):
        proposed(district, actor=getattr(district, who))


# --- payments ---


def test_a_payment_settles_the_instalment_once_it_is_whole(district):
    budget = budgeted(district)
    first = instalment(budget, 1)
    paid(district, 15_000, date(YEAR, 3, 20), first)
    assert duties()[0] == (MARCH, True)
    rest = paid(district, 25_000, date(YEAR, 4, 10), first)
    assert duties()[0] == (MARCH, False)
    one = Instalment.objects.with_payments().get(pk=first.pk)
    assert (one.paid, one.paid_in_time, one.completed_on, one.days_late(TODAY)) == (
        40_000,
        15_000,
        date(YEAR, 4, 10),
        10,
    )
    reverse_payment(actor=district.town_officer_east, appropriation=rest, reason="重复录入", at=NOW)
    assert duties()[0] == (MARCH, True)
    one = Instalment.objects.with_payments().get(pk=first.pk)
    assert (one.paid, one.completed_on, one.days_late(TODAY)) == (15_000, None, 50)
    assert list(Instalment.objects.in_force().with_payments().late(TODAY)) == [first]


def test_on_time_is_the_share_paid_by_the_planned_day(district):
    budget = budgeted(district)
    first, second = instalment(budget, 1), instalment(budget, 2)
    assert number("stations.paid_on_time_rate", at=noon(date(YEAR, 2, 1))) is None
    paid(district, 30_000, MARCH, first)
    assert number("stations.paid_on_time_rate", at=noon(MARCH)) is None
    assert number("stations.paid_on_time_rate") == Decimal("0.75")
    paid(district, 20_000, date(YEAR, 5, 1), first)
    paid(district, 50_000, date(YEAR, 5, 2), second)
    paid(district, 5_000, date(YEAR, 5, 3))
    assert number("stations.paid") == 105_000
    assert number("stations.paid_on_time_rate") == Decimal("0.75")
    # More than was planned makes up for nothing: 30,000 of the first and all 30,000 of the second.
    assert number("stations.paid_on_time_rate", at=noon(date(YEAR, 7, 1))) == Decimal("0.8571")
    assert number("stations.due", at=noon(date(YEAR, 7, 1))) == 70_000


def test_payments_follow_the_number_of_their_instalment_through_a_revision(district):
    budget = budgeted(district)
    paid(district, 30_000, date(YEAR, 5, 2), instalment(budget, 2))
    more = proposed(
        district, at=NOW, reason="追加", lines=lines(activities=120_000),
        instalments=instalments({(3, 31): 40_000, (6, 30): 40_000, (9, 30): 40_000}),
    )  # fmt: skip
    perform(more, "commit", actor=district.town_officer_east, at=NOW)
    one = Instalment.objects.in_force().with_payments().get(number=2)
    assert (one.amount, one.paid, one.completed_on) == (40_000, 30_000, None)
    refused("instalment", "not_in_force", paid, district, 1, TODAY, instalment(budget, 1))
    paid(district, 10_000, TODAY, one)
    assert Instalment.objects.in_force().with_payments().get(number=2).completed_on == TODAY
    assert number("stations.paid_on_time_rate", at=noon(date(YEAR, 7, 1))) == Decimal("0.5")


@pytest.mark.parametrize(
    ("amount", "day", "entries", "field", "code"),
    [
        ("-5", TODAY, {}, "amount", "amount_positive"),
        ("0", TODAY, {}, "amount", "amount_positive"),
        ("12.345", TODAY, {}, "amount", "amount_scale"),
        ("1e12", TODAY, {}, "amount", "amount_range"),
        ("10", TODAY + timedelta(days=1), {"at": NOW}, "on", "in_the_future"),
        ("10", date(YEAR - 1, 12, 31), {"at": NOW}, "on", "outside_year"),
        ("10", date(YEAR, 2, 1), {"at": NOW}, "late_reason", "late_reason_required"),
        ("10", TODAY, {"year": 1999}, "year", "year_range"),
        ("10", TODAY, {"year": YEAR + 1}, "year", "year_range"),
        ("10", TODAY, {"document": ""}, "document", "blank"),
    ],
)
def test_money_that_cannot_be_is_answered_in_words(district, amount, day, entries, field, code):
    for enter in (paid, spent):
        refused(field, code, enter, district, Decimal(amount), day, **entries)
    assert not Appropriation.objects.exists()


def test_what_is_entered_late_says_so_and_is_counted(district):
    late = paid(district, 10, date(YEAR, 2, 1), at=NOW, late_reason="凭证补录")
    on_time = paid(district, 10, TODAY - timedelta(days=30), at=NOW, late_reason="")
    spent(district, 10, date(YEAR, 1, 5), at=NOW, late_reason="发票迟到")
    assert [(one.late, one.reason) for one in (late, on_time)] == [(True, "凭证补录"), (False, "")]
    assert number("stations.backdated_payments") == 1
    assert number("stations.backdated") == 2


def test_the_instalment_of_another_station_is_refused(district):
    other = budgeted(district, station=district.west, actor=district.station_head_west)
    refused("instalment", "instalment_elsewhere", paid, district, 10, TODAY, instalment(other, 1))


def test_a_payment_after_the_year_counts_on_its_last_day(district):
    budgeted(district)
    day = date(YEAR + 1, 2, 1)
    late = paid(district, 500, day, at=noon(day))
    assert late.counted_on == date(YEAR, 12, 31)
    assert number("stations.paid", at=noon(day)) == 500


# --- entries only add up ---


@pytest.mark.parametrize("table", ["stations_appropriation", "stations_spending"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET amount = 1", "DELETE FROM {}"])
def test_the_application_can_neither_change_nor_delete_an_entry(district, table, statement):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_an_entry_is_reversed_once_and_a_reversal_never(district):
    entry = spent(district, 100)
    back = reverse_spending(actor=district.station_head_east, spending=entry, reason="票据作废", at=NOW)
    assert (back.amount, back.on, back.purpose, back.reverses_id) == (-100, entry.on, "activities", entry.pk)
    for again, code in ((entry, "reversed_already"), (back, "is_reversal")):
        with pytest.raises(StepRefused) as error:
            reverse_spending(actor=district.station_head_east, spending=again, reason="x", at=NOW)
        assert error.value.code == code
    with pytest.raises(StepRefused):
        reverse_spending(actor=district.station_head_east, spending=spent(district, 5), reason=" ", at=NOW)
    with pytest.raises(PermissionDenied):
        reverse_spending(actor=district.town_officer_east, spending=spent(district, 6), reason="x", at=NOW)
    assert list(Spending.objects.standing().values_list("amount", flat=True)) == [6, 5]


AMOUNTS = st.decimals(min_value="0.01", max_value="999999.99", places=2)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(AMOUNTS, st.integers(0, 100), st.booleans()), min_size=1, max_size=6))
def test_the_sum_is_what_was_entered_without_what_was_taken_back(district, entries):
    with transaction.atomic():
        kept, in_time = Decimal(0), Decimal(0)
        budget = budgeted(district, lines=lines(activities=900_000), instalments=instalments({(3, 1): 900_000}))
        only = instalment(budget, 1)
        for amount, days, taken_back in entries:
            day = date(YEAR, 1, 15) + timedelta(days=days)
            payment = paid(district, amount, day, only)
            spent(district, amount, day)
            if taken_back:
                reverse_payment(actor=district.town_officer_east, appropriation=payment, reason="错", at=NOW)
            else:
                kept += amount
                in_time += amount if day <= only.due_on else 0
        one = Instalment.objects.with_payments().get(pk=only.pk)
        assert one.paid == kept == (number("stations.paid") or 0)
        assert one.paid_in_time == min(in_time, only.amount) == number("stations.paid_in_time")
        assert number("stations.spending") == sum(amount for amount, _days, _back in entries)
        line = BudgetLine.objects.with_account().get(budget=budget)
        assert line.left == line.amount - line.spent
        transaction.set_rollback(True)


# --- the purpose lock ---


def findings() -> list[str]:
    return list(Finding.objects.filter(kind="purpose").values_list("what", flat=True))


def test_an_overrun_is_kept_and_told_and_no_finding_as_long_as_others_have_enough(district):
    budgeted(district)
    assert spent(district, 60_000).over == 0
    assert spent(district, "5000.50").over == Decimal("5000.50")
    assert findings() == []
    spent(district, "4999.50", purpose="training")
    assert findings() == []
    spent(district, "0.01", purpose="training")
    assert len(findings()) == 1
    assert "0.01" in findings()[0]


def test_spending_beyond_what_is_earmarked_is_a_finding_unless_the_purpose_was_changed(district):
    budgeted(district)
    change = propose_purpose_change(
        actor=district.station_head_east, at=NOW, station=district.east, year=YEAR,
        from_purpose="training", to_purpose="creation", amount=Decimal(4_000), reason="新排大戏",
    )  # fmt: skip
    spent(district, 30_000, purpose="creation")
    perform(change, "approve", actor=district.finance, at=NOW)
    spent(district, 4_000, purpose="creation")
    assert findings() == []
    over = spent(district, "0.01", purpose="creation")
    assert over.over == Decimal("0.01")
    assert len(findings()) == 1
    spent(district, 100, purpose="creation")
    assert len(findings()) == 1
    finding = Finding.objects.get(kind="purpose")
    assert finding.subject == over


def test_spending_on_what_was_given_nothing_is_a_finding_and_without_a_budget_nothing_is_said(district):
    assert spent(district, 100, purpose="books").over == 0
    budgeted(district)
    assert spent(district, 100, purpose="books").over == 200
    assert len(findings()) == 1


def test_a_finding_on_money_is_closed_once_the_money_is_back(district):
    budgeted(district)
    over = spent(district, 31_000, purpose="creation")
    finding = Finding.objects.get(kind="purpose")
    perform(finding, "rectify", actor=district.station_head_east, at=NOW, comment="退回款项")
    with pytest.raises(StepRefused) as error:
        perform(finding, "accept", actor=district.finance, at=NOW)
    assert error.value.code == "still_so"
    reverse_spending(actor=district.station_head_east, spending=over, reason="款项退回", at=NOW)
    perform(finding, "accept", actor=district.finance, at=NOW)
    assert finding.state == "closed"


def change(district, **entries):
    values = {
        "actor": district.station_head_east, "at": NOW, "station": district.east, "year": YEAR,
        "from_purpose": "training", "to_purpose": "creation", "amount": Decimal(4_000), "reason": "新排大戏",
    }  # fmt: skip
    return propose_purpose_change(**(values | entries))


@pytest.mark.parametrize(
    ("entries", "field", "code"),
    [
        ({"amount": Decimal("10000.01")}, "amount", "amount_exceeded"),
        ({"amount": Decimal(-1)}, "amount", "amount_positive"),
        ({"amount": Decimal("0.001")}, "amount", "amount_scale"),
        ({"to_purpose": "training"}, "to_purpose", "same_purpose"),
        ({"to_purpose": "gifts"}, "to_purpose", "invalid_choice"),
        ({"from_purpose": "books"}, "amount", "amount_exceeded"),
        ({"year": YEAR - 1}, "year", "no_budget"),
        ({"reason": ""}, "reason", "blank"),
    ],
)
def test_a_change_of_purpose_that_cannot_be_is_refused(district, entries, field, code):
    budgeted(district)
    refused(field, code, change, district, **entries)


def test_nobody_decides_on_the_change_he_filed_and_money_once_spent_is_not_moved(district):
    budgeted(district)
    case = change(district)
    for who in ("town_officer_east", "station_head_east", "bureau_admin", "service"):
        with pytest.raises(StepRefused):
            perform(case, "approve", actor=getattr(district, who), at=NOW)
    spent(district, 8_000, purpose="training")
    with pytest.raises(StepRefused) as error:
        perform(case, "approve", actor=district.finance, at=NOW)
    assert error.value.code == "amount_exceeded"
    perform(case, "refuse", actor=district.bureau_leader, at=NOW, comment="已支出")
    assert case.state == "refused"


def test_who_filed_a_case_may_withdraw_it_and_not_approve_it(district):
    budgeted(district)
    case = change(district)
    perform(case, "withdraw", actor=district.station_head_east, at=NOW, comment="另行安排")
    assert case.state == "withdrawn"


def test_a_revision_ends_the_cases_of_the_budget_before_it(district):
    budgeted(district)
    case = change(district)
    more = proposed(district, at=NOW, reason="追加", lines=lines(activities=150_000), instalments=instalments(
        {(3, 31): 40_000, (6, 30): 60_000, (9, 30): 50_000}))  # fmt: skip
    perform(more, "commit", actor=district.town_officer_east, at=NOW)
    with pytest.raises(StepRefused) as error:
        perform(case, "approve", actor=district.finance, at=NOW)
    assert error.value.code == "outrun"


# --- numbers ---


def test_money_is_told_apart_by_purpose_and_divided_by_residents(district):
    budgeted(district)
    spent(district, "1234.50")
    spent(district, "0.50", purpose="training")
    by = read("stations.spending", by=["purpose"], period=WHOLE_YEAR, at=NOW, where={"division": "990101101"})
    assert {row.keys["purpose"]: row.values["stations.spending"] for row in by.rows} == {
        "activities": Decimal("1234.50"), "training": Decimal("0.50"),
    }  # fmt: skip
    assert number("stations.spending_per_resident", division="990101101") == Decimal("0.03")
    assert number("stations.spending", division="990101102") is None
