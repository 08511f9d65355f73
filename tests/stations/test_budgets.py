"""Budgets stay as they were filed, and what takes from them waits for the bureau."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Deadline, Decision
from stations.actions.budgets import differences
from stations.models import Budget, BudgetLine
from tests.district import NOW
from tests.stations.money import (
    JUNE,
    MARCH,
    SEPTEMBER,
    YEAR,
    budgeted,
    duties,
    instalments,
    lines,
    noon,
    number,
    proposed,
    refused,
)


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
