"""Payments and spendings only add up, and on time means by the planned day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from stations.actions import reverse_payment, reverse_spending
from stations.models import Appropriation, BudgetLine, Instalment, Spending
from tests.district import NOW, TODAY
from tests.stations.money import (
    MARCH,
    WHOLE_YEAR,
    YEAR,
    budgeted,
    duties,
    instalment,
    instalments,
    lines,
    noon,
    number,
    paid,
    proposed,
    refused,
    spent,
)

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
