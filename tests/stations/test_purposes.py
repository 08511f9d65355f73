"""The purpose lock: an overrun is told, and earmarked money is spent on something else by a decided case only."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from culture_admin.workflow.actions import StepRefused, perform
from stations.actions import propose_purpose_change, reverse_spending
from stations.models import Finding
from tests.district import NOW
from tests.stations.money import YEAR, budgeted, instalments, lines, proposed, refused, spent


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


def test_a_finding_on_money_is_written_in_the_language_of_the_office_whoever_entered_the_spending(district):
    budgeted(district)
    with translation.override("en"):
        spent(district, 31_000, purpose="creation")
    finding = Finding.objects.get(kind="purpose")
    assert (finding.what.startswith("文艺创作"), finding.basis.startswith("《")) == (True, True)


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
