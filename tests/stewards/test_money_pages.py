"""Acceptances and payments on the desk and on paper: the firm sees why this much, a member signs on the phone."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from culture_admin.exchange.paper.register import PAPERS, papers_of
from culture_admin.exchange.paper.rendering import render
from culture_admin.workflow.actions import perform
from stewards.actions import note_absence, request_absence
from stewards.models import Contract, Deduction, Signature
from tests.district import NOW
from tests.stewards.bills import Bill
from tests.stewards.firms import another_firm
from tests.stewards.many_paid import sheet
from tests.stewards.test_firms import manager_of

SHEET, EXPLANATION = "acceptance-sheet", "payment-explanation"


@pytest.fixture
def bill(district) -> Bill:
    bill = Bill(district)
    bill.performing()
    bill.deliver("activities", *[1] * 18)
    return bill


def test_a_firm_sees_what_is_due_what_is_paid_and_why_this_much(bill, district, signed_in):
    bill.deduct("absence", "2.5", reason="九月三次离岗")
    acceptance = bill.accepted()
    bill.pay(1, "200000")
    bill.pay(2, "100000")
    client = signed_in("firm_manager")
    contract = client.get(f"/desk/contracts/{bill.contract.pk}/").content.decode()
    assert f"/desk/contracts/{bill.contract.pk}/payments/" in contract
    page = client.get(f"/desk/contracts/{bill.contract.pk}/payments/").content.decode()
    for said in (
        "500,000.00",
        "133,750.00",
        "33,750.00",
        "300,000.00",
        "九月三次离岗",
        "nothing is accepted yet",
        "taken off",
    ):
        assert said in page, said
    why = client.get(f"/desk/acceptances/{acceptance.pk}/").content.decode()
    for said in (
        "Performance factor for 85.25 points",
        "× 90 %",
        "− 2.5 × 500.00",
        "133,750.00",
        "20.1644",
        "26.7799 / 30",
    ):
        assert said in why, said


def test_from_an_acceptance_a_deduction_for_each_absence_without_leave_is_proposed(bill, district, signed_in):
    """From Friday 6 March to Tuesday the 10th are three working days; leave that was given and other times are not named."""
    head, east = district.station_head_east, bill.posting("east")
    for first, last, reason in ((6, 10, "未请假离岗"), (23, 23, "另一次")):
        note_absence(
            actor=head, posting=east, first=date(2026, 3, first), last=date(2026, 3, last), reason=reason, at=NOW
        )
    note_absence(actor=head, posting=east, first=date(2026, 4, 1), last=date(2026, 4, 1), reason="期外", at=NOW)
    asked = request_absence(
        actor=district.steward_east,
        posting=east,
        kind="sick",
        first=date(2026, 3, 12),
        last=date(2026, 3, 12),
        reason="病假",
        at=NOW,
    )
    perform(asked, "approve", actor=head, at=NOW)
    quarter = {"first": date(2026, 1, 1), "last": date(2026, 3, 31)}
    acceptance = bill.sheet(2, bill.evaluated("85", **quarter), **quarter)
    page = f"/admin/stewards/acceptance/{acceptance.pk}/change/"
    [panel] = [one for one in signed_in("service").get(page).context["panels"] if "without leave" in str(one.title)]
    assert [(row[2].plain, row[4].plain, row[5]) for row in panel.rows] == [
        (date(2026, 3, 6), 3, "未请假离岗"),
        (date(2026, 3, 23), 1, "另一次"),
    ]
    offered = html.unescape(re.search(r'href="([^"]+)"', panel.rows[0][6])[1])
    form = signed_in("service").get(offered).context["adminform"].form
    filled = {name: form[name].value() for name in ("contract", "kind", "on", "quantity", "reason")}
    assert filled == {
        "contract": str(bill.contract.pk),
        "kind": "absence",
        "on": "2026-03-06",
        "quantity": "3",
        "reason": f"{east.steward.name}, 2026-03-06 to 2026-03-10: 未请假离岗",
    }
    answer = signed_in("service").post(offered, filled)
    proposed = Deduction.objects.get()
    assert answer["Location"] == f"/admin/stewards/deduction/{proposed.pk}/change/"
    assert (proposed.amount, proposed.state) == (1_500, "proposed")
    [panel] = [
        one for one in signed_in("bureau_leader").get(page).context["panels"] if "without leave" in str(one.title)
    ]
    assert ["1,500.00" in row[6] for row in panel.rows] == [True, False]
    assert not any("/add/" in row[6] for row in panel.rows)


def test_a_member_signs_in_three_taps(bill, district, signed_in):
    acceptance = bill.sheet(2, bill.evaluated("85"))
    perform(acceptance, "submit", actor=bill.section, at=NOW)
    client = signed_in("station_head_east")
    today = client.get("/desk/").content.decode()
    [first] = re.findall(r'href="(/desk/signatures/[^"]*)"', today)
    waiting = client.get(first.replace("&amp;", "&")).content.decode()
    [second] = set(re.findall(r'href="(/desk/signatures/\d+/)"', waiting))
    page = client.get(second).content.decode()
    assert "135,000.00" in page
    assert "群众文化活动策划与组织" in page
    signature = Signature.objects.get(unit=district.east.unit)
    answer = client.post(second, {"step": "sign", "version": signature.version, "comment": ""})
    assert answer.status_code == 302
    signature.refresh_from_db()
    assert (signature.state, signature.signed_by) == ("signed", district.station_head_east)
    assert "/desk/signatures/" not in client.get("/desk/").content.decode()


def test_a_member_declines_on_the_phone_with_why(bill, district, signed_in):
    acceptance = bill.sheet(2, bill.evaluated("85"))
    perform(acceptance, "submit", actor=bill.section, at=NOW)
    signature = Signature.objects.get(unit=district.west.unit)
    client, address = signed_in("station_head_west"), f"/desk/signatures/{signature.pk}/"
    step = {"step": "decline", "version": signature.version, "comment": ""}
    assert "needs a comment" in client.post(address, step).content.decode()
    assert client.post(address, step | {"comment": "少办两场"}).status_code == 302
    signature.refresh_from_db()
    assert signature.state == "declined"


def test_a_town_reads_the_sheet_and_not_the_payments(bill, district, signed_in):
    acceptance = bill.accepted()
    client = signed_in("town_officer_east")
    assert client.get(f"/desk/acceptances/{acceptance.pk}/").status_code == 200
    assert "135,000.00" in client.get("/desk/acceptances/").content.decode()
    assert client.get(f"/desk/contracts/{bill.contract.pk}/payments/").status_code == 403


def test_nobody_finds_the_acceptances_and_payments_of_another_firm(bill, district, signed_in):
    acceptance = bill.accepted()
    bill.pay(1, "200000")
    client = signed_in(manager_of(another_firm(district)))
    signature = acceptance.signatures.first()
    for address in (
        f"/desk/acceptances/{acceptance.pk}/", f"/desk/signatures/{signature.pk}/",
        f"/desk/contracts/{bill.contract.pk}/payments/", f"/desk/papers/{SHEET}/{acceptance.pk}/",
        f"/desk/papers/{EXPLANATION}/{acceptance.pk}/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    listed = client.get(f"/desk/acceptances/?contract={bill.contract.pk}").content.decode()
    assert "文化管家服务采购" not in listed


def test_a_page_asks_as_little_with_thirty_rows_as_with_three(district, signed_in):
    client, asked = signed_in("firm_manager"), []
    client.get("/desk/acceptances/")
    for numbers in (range(1, 4), range(4, 31)):
        for number in numbers:
            sheet(district, number)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/desk/acceptances/").status_code == 200
        asked.append(len(queries.captured_queries))
    assert asked[0] == asked[1]


def test_the_sheet_prints_line_by_line_with_a_row_for_each_member_and_a_seal_for_each_party(bill, district):
    acceptance = bill.sheet(2, bill.evaluated("85.25"), conclusion="基本合格")
    perform(acceptance, "submit", actor=bill.section, at=NOW)
    perform(acceptance.signatures.get(unit=district.bureau), "sign", actor=bill.section, at=NOW)
    acceptance = PAPERS[SHEET].visible_to(district.service).get(pk=acceptance.pk)
    zh, en = (render(PAPERS[SHEET], acceptance, language).html for language in ("zh-hans", "en"))
    for text in ("验收单", "群众文化活动策划与组织", "20.1644", "26.7799 / 30", "135,000.00", "壹拾叁万伍仟元整", "基本合格",
                 "试验县文化局", "东镇综合文化站", "西街道综合文化站", "知音文化公司", "盖章", "service", "待签字"):  # fmt: skip
        assert text in zh, text
    for text in ("Acceptance sheet", "Zhiyin Culture", "Performance factor", "Verified", "To be signed"):
        assert text in en, text
    assert zh.count('seal-place"') == 2


def test_the_explanation_prints_every_yuan_in_both_languages(bill, district):
    bill.deduct("absence", "2.5", reason="九月三次离岗")
    acceptance = bill.accepted()
    bill.pay(2, "33750")
    acceptance = PAPERS[EXPLANATION].visible_to(district.finance).get(pk=acceptance.pk)
    zh, en = (render(PAPERS[EXPLANATION], acceptance, language).html for language in ("zh-hans", "en"))
    for text in ("付款说明", "500,000.00", "× 30 %", "150,000.00", "85.25", "× 90 %", "− 2.5 × 500.00", "133,750.00", "九月三次离岗",
                 "壹拾叁万叁仟柒佰伍拾元整", "33,750.00", "试财支〔2026〕7号"):  # fmt: skip
        assert text in zh, text
    for text in ("Explanation of a payment", "Amount of the contract", "Share of this instalment", "To be paid"):
        assert text in en, text


def test_papers_go_to_whoever_may_see_them(bill, district):
    acceptance = bill.accepted()
    both, one = {SHEET, EXPLANATION}, {SHEET}
    readers = {
        "firm_manager": both, "finance": both, "service": both, "observer": both, "town_officer_east": one,
        "station_head_west": one, "bureau_admin_elsewhere": set(), "station_head_elsewhere": set(),
    }  # fmt: skip
    for who, papers in readers.items():
        assert {paper.code for paper in papers_of(acceptance, getattr(district, who))} == papers, who
    perform(acceptance, "void", actor=bill.section, comment="有误", at=NOW)
    assert papers_of(acceptance, district.service) == []
    assert Contract.objects.get(pk=bill.contract.pk).state == Contract.State.PERFORMING
