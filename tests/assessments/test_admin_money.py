"""Awards, payments and re-checks on the bureau's pages, and what is printed of a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from assessments.models import Award, AwardPayment, Recheck, Result
from assessments.papers import awards_of
from culture_admin.exchange.paper.numbers import issue_number, open_register
from culture_admin.exchange.paper.register import PAPERS, papers_of
from culture_admin.exchange.paper.rendering import number_of, render
from culture_admin.interfaces.money import in_capitals
from tests.assessments.years import Year, with_records
from tests.district import NOW, District


@pytest.fixture
def year(district: District) -> Year:
    with_records(district)
    return Year(district).opened().through().totalled().publicised()


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


ADD = "/admin/assessments/awardpayment/add/"


def test_finance_enters_what_is_paid_and_takes_back_what_was_wrong(year, district):
    year.finalised()
    award, client = Award.objects.get(), client_of(district.finance)
    page = client.get(f"/admin/assessments/award/{award.pk}/change/")
    assert [panel.add for panel in page.context["panels"]] == [f"{ADD}?award={award.pk}"]
    entry = {"award": award.pk, "amount": "60000", "on": award.granted_on.isoformat(), "document": "试财〔2026〕3号"}
    refused = client.post(ADD, entry)
    assert "50,000.00 yuan are still to be paid" in str(refused.context["adminform"].form.errors["amount"])
    assert client.post(ADD, entry | {"amount": "5万元"}).status_code == 302
    award.refresh_from_db()
    assert (award.state, award.paid) == ("paid", 50000)

    payment = AwardPayment.objects.get()
    way = f"/admin/assessments/awardpayment/{payment.pk}/reverse/"
    client.post(way, {"comment": " "})
    assert AwardPayment.objects.count() == 1
    client.post(way, {"comment": "账号有误"})
    award.refresh_from_db()
    assert (award.state, award.paid) == ("granted", 0)
    assert not client.get(f"/admin/assessments/awardpayment/{payment.pk}/change/").context["reversible"]


def test_the_list_of_awards_says_what_it_adds_up_to(year, district):
    year.finalised()
    client = client_of(district.finance)
    award = Award.objects.get()
    client.post(
        ADD, {"award": award.pk, "amount": "20000", "on": award.granted_on.isoformat(), "document": "试财〔2026〕3号"}
    )
    sums = client.get("/admin/assessments/award/").context["sums"]
    assert sums == {"granted": Decimal(50000), "paid": Decimal(20000), "left": Decimal(30000)}
    assert client.get("/admin/assessments/award/?state=paid").context["sums"]["granted"] == 0


def test_others_than_finance_enter_no_payment(year, district):
    year.finalised()
    for role in ("service", "bureau_leader", "observer"):
        assert client_of(getattr(district, role)).get(ADD).status_code == 403
    page = client_of(district.service).get(f"/admin/assessments/award/{Award.objects.get().pk}/change/")
    assert [panel.add for panel in page.context["panels"]] == [""]


def test_a_recheck_is_planned_where_there_is_a_title_and_decided_on_its_day(year, district):
    client = client_of(district.service)
    add = "/admin/assessments/recheck/add/"
    assert list(client.get(add).context["adminform"].form.fields["assessment"].queryset) == []
    year.finalised()
    form = client.get(add).context["adminform"].form
    assert {one.unit.division.name_zh for one in form.fields["assessment"].queryset} == {"东镇", "西街道"}
    west = year.of("west")
    assert client.post(add, {"assessment": west.pk, "due_on": "2030-06-01"}).status_code == 302
    recheck = Recheck.objects.get()
    assert (recheck.title, recheck.due_on) == ("合格", date(2030, 6, 1))
    client.post(
        f"/admin/assessments/recheck/{recheck.pk}/steps/keep/", {"seen": recheck.version, "comment": "保持良好"}
    )
    recheck.refresh_from_db()
    assert recheck.state == "due"


def test_the_notice_names_ranking_titles_publicity_and_where_to_object(year, district):
    notice = PAPERS["assessment-notice"]
    zh, en = (render(notice, year.fresh(), language).html for language in ("zh-hans", "en"))
    for text in ("东镇人民政府", "81.33", "优秀", "2026年5月20日", "2026年5月27日", "试验县文化局", "盖章"):
        assert text in zh, text
    for text in ("Government of East Town", "81.33", "Excellent", "May 20, 2026", "May 27, 2026"):
        assert text in en, text
    # Its number comes from a register until the document of the results states one.
    assert "〔2026〕7号" not in zh
    register = open_register(actor=district.bureau_admin, unit=district.bureau, prefix="试公示")
    issue_number(
        actor=district.bureau_admin, register=register, title="公示", subject=year.cycle, paper=notice.code, at=NOW
    )
    assert "试公示〔2026〕1号" in render(notice, year.fresh(), "zh-hans").html
    year.finalised()
    assert "试文〔2026〕9号" in render(notice, year.fresh(), "zh-hans").html


def test_the_list_of_awards_has_its_total_in_figures_and_in_capitals(year, district):
    assert papers_of(year.fresh(), district.finance) == [PAPERS["assessment-notice"]]
    year.finalised()
    assert PAPERS["award-list"] in papers_of(year.fresh(), district.finance)
    told = awards_of(year.fresh())
    assert (told["total"], told["in_capitals"]) == (Decimal(50000), "伍万元整")
    html = render(PAPERS["award-list"], year.fresh(), "zh-hans").html
    for text in ("东镇人民政府", "优秀", "50,000.00", "伍万元整", "试文〔2026〕9号"):
        assert text in html, text


def test_the_notice_and_the_list_of_awards_each_bear_a_number_of_their_own(year, district):
    year.finalised()
    cycle, notice, awards = year.fresh(), PAPERS["assessment-notice"], PAPERS["award-list"]
    assert (number_of(notice, cycle), number_of(awards, cycle)) == ("试文〔2026〕9号", None)
    register = open_register(actor=district.bureau_admin, unit=district.bureau, prefix="试奖")
    issue_number(
        actor=district.bureau_admin, register=register, title="奖励清单", subject=cycle, paper=awards.code, at=NOW
    )
    assert (number_of(notice, cycle), str(number_of(awards, cycle))) == ("试文〔2026〕9号", "试奖〔2026〕1号")


def test_the_score_sheet_prints_the_tree_for_whoever_may_see_it(year, district):
    result = Result.objects.get(assessment=year.of("east"))
    html = render(PAPERS["score-sheet"], result, "en").html
    for text in ("81.33", "1.2 文化活动", "600 ÷ 3", "compared with 500 in the group", "13.3333"):
        assert text in html, text
    for reader in ("town_officer_east", "finance", "observer"):
        assert PAPERS["score-sheet"] in papers_of(result, getattr(district, reader)), reader
    assert papers_of(result, district.bureau_admin_elsewhere) == []


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("50000", "伍万元整"),
        ("1234.5", "壹仟贰佰叁拾肆元伍角整"),
        ("100000000", "壹亿元整"),
        ("100020", "壹拾万零贰拾元整"),
        ("1005.06", "壹仟零伍元零陆分"),
        ("20030000.70", "贰仟零叁万元柒角整"),
        ("100005000", "壹亿零伍仟元整"),
        ("0.35", "叁角伍分"),
        ("0", "零元整"),
    ],
)
def test_capital_figures(amount, written):
    assert in_capitals(Decimal(amount)) == written
