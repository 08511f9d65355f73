"""What is printed of cases, budgets, trainings, circulars and findings: what stands on it, and who may print it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from culture_admin.exchange.paper.numbers import issue_number, open_register
from culture_admin.exchange.paper.register import PAPERS, papers_of
from culture_admin.exchange.paper.rendering import render
from culture_admin.workflow.actions import StepRefused, perform
from stations.actions import draft_circular
from stations.models import Certificate
from stations.papers.registration import in_ten_thousands
from tests.district import NOW, TODAY
from tests.stations.filing import bring, draft
from tests.stations.guidance import officer, sent_out, training
from tests.stations.money import YEAR, budgeted, instalment, paid
from tests.stations.staff import candidate, filed
from tests.stations.test_findings import found


def sheet(code: str, record, language: str = "zh-hans") -> str:
    return render(PAPERS[code], record, language).html


def test_an_approval_form_has_the_opinions_of_town_and_bureau(district, staff):
    case = filed(district, "recruitment", candidate(district, name="周新"), post=staff.officer_post, submit=False)
    blank = sheet("personnel-approval", case)
    assert "周新" in blank
    assert "同意招聘" not in blank
    perform(case, "submit", actor=district.town_officer_east, at=NOW, comment="同意招聘")
    perform(case, "accept", actor=district.personnel, at=NOW)
    perform(case, "refuse", actor=district.personnel, at=NOW, comment="岗位已满")
    said = sheet("personnel-approval", case)
    for expected in ("同意招聘", "岗位已满", "受理", district.personnel.name):
        assert expected in said
    assert [paper.code for paper in papers_of(case, district.personnel)] == ["personnel-approval"]
    assert papers_of(case, district.registrar) == []


def test_a_budget_sheet_says_what_was_paid_of_each_instalment(district):
    budget = budgeted(district)
    paid(district, 40_000, date(YEAR, 3, 20), of=instalment(budget, 1))
    said = sheet("budget-sheet", budget)
    for expected in ("东镇综合文化站", "60,000.00", "100,000.00", "2026-03-31", "2026-03-20"):
        assert expected in said


def test_before_a_training_its_sheet_names_who_is_to_sign_and_afterwards_who_came(district):
    lin, wang = officer(district, "林晓"), officer(district, "王平", district.west)
    planned = training(district, state="planned")
    assert "林晓" in sheet("training-attendance", planned)
    assert "王平" in sheet("training-attendance", planned)
    held = training(district, lin, state="held")
    said = sheet("training-attendance", held, "en")
    assert "林晓" in said
    assert wang.name not in said
    assert "1 of 1 officers came." in said


def test_who_came_to_a_training_is_not_printed_by_everybody_it_is_announced_to(district):
    planned = training(district, state="planned")
    assert [paper.code for paper in papers_of(planned, district.service)] == ["training-attendance"]
    assert papers_of(planned, district.station_head_east) == []


def test_a_circular_is_printed_under_a_red_head_by_whoever_received_it(district):
    circular = sent_out(district, document_no="试文广〔2026〕12号")
    said = sheet("circular", circular)
    for expected in ("red-head", f"{district.bureau.name}文件", "试文广〔2026〕12号", "五一开放情况", "附件"):
        assert expected in said
    for reader in ("station_head_east", "service", "observer"):
        assert papers_of(circular, getattr(district, reader)), reader
    assert papers_of(circular, district.station_head_elsewhere) == []


def test_a_circular_that_states_its_number_is_given_no_other(district):
    register = open_register(actor=district.bureau_admin, unit=district.bureau, prefix="试文广")
    taken = {"actor": district.bureau_admin, "register": register, "paper": "circular", "at": NOW}
    stated = sent_out(district, document_no="试文广〔2026〕12号")
    with pytest.raises(StepRefused) as refused:
        issue_number(title=stated.title, subject=stated, **taken)
    assert refused.value.code == "numbered"
    silent = sent_out(district)
    issue_number(title=silent.title, subject=silent, **taken)
    assert "试文广〔2026〕1号" in sheet("circular", silent)


def test_a_draft_of_a_circular_says_that_it_is_one(district):
    draft = draft_circular(actor=district.service, at=NOW, kind="notice", title="通知", body="请知悉。")
    assert "草稿" in sheet("circular", draft)
    assert papers_of(draft, district.station_head_east) == []


def test_a_rectification_notice_says_to_whom_what_and_by_when(district):
    finding = found(district)
    said = sheet("rectification-notice", finding)
    for expected in (finding.debtor.name, finding.what, finding.basis, "2026年"):
        assert expected in said
    assert papers_of(finding, district.station_head_east)
    assert not papers_of(finding, district.station_head_west)


@pytest.mark.parametrize(("yuan", "said"), [("300000", "30"), ("1000000", "100"), ("305000", "30.5"), ("0", "0")])
def test_funds_are_stated_in_units_of_ten_thousand_as_people_write_them(yuan, said):
    assert str(in_ten_thousands(Decimal(yuan))) == said


def test_a_budget_sheet_writes_nothing_spent_as_an_amount_and_adds_every_column_up(district):
    said = sheet("budget-sheet", budgeted(district))
    total = said[said.index("合计") :]
    assert '<td class="number">100,000.00</td><td class="number">0.00</td><td class="number">100,000.00</td>' in total


def test_an_application_sets_beside_each_other_what_was_and_what_is_to_be_registered_also_after_its_certificate(
    district,
):
    known = Certificate.objects.get(station=district.east)
    change = draft(district, "change", items=["funding"], funding="财政补助和自筹", event_on=TODAY)
    before = re.sub(r"\s+", "", sheet("registration-application", change))
    bring(district, change, "issued")
    after = re.sub(r"\s+", "", sheet("registration-application", change))
    pair = f"<td>{known.funding or '—'}</td><td>财政补助和自筹</td>"
    assert (pair in before, pair in after) == (True, True)
