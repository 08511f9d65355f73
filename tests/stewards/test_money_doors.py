"""Acceptances and payments through the API and the admin: the same rules at every door, and nothing of another firm."""

from __future__ import annotations

import io
import uuid
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from culture_admin.accounts.actions import grant_office
from culture_admin.accounts.roles import Role
from culture_admin.workflow.actions import perform
from stewards.models import Acceptance, ContractPayment, Deduction, PlannedPayment
from tests.district import NOW, OPENED, TODAY
from tests.stewards.bills import BEGAN, ENDED, HALF, Bill
from tests.stewards.firms import another_firm
from tests.stewards.many_paid import OF_CONTRACT_MONEY, payment
from tests.stewards.test_firms import manager_of

V1 = "/api/v1"
COLLECTIONS = (
    "acceptances",
    "acceptance-lines",
    "signatures",
    "deductions",
    "contract-instalments",
    "contract-payments",
)


@pytest.fixture
def bill(district) -> Bill:
    bill = Bill(district)
    bill.performing()
    return bill


@pytest.fixture
def rival(district):
    """The manager of another firm, which has a contract, an acceptance, a deduction and a payment of its own."""
    firm = another_firm(district)
    plan = [{"share": 50, "when": "signed"}, {"share": 50, "when": "accepted"}]
    bill = Bill(district, firm=firm, number="试文采〔2025〕77号", name="密件服务", plan=plan)
    bill.signed_alone()
    bill.deduct("cancelled", "1", reason="密件")
    sheet = bill.sheet()
    perform(sheet, "submit", actor=bill.section, at=NOW)
    bill.pay(1, "1", document="密件")
    bill.manager = manager_of(firm)
    return bill


def test_an_instalment_goes_through_the_api_from_the_sheet_to_the_payment(bill, district, api, post, step):
    bill.deliver("activities", *[1] * 18)
    body = {
        "contract": bill.contract.pk, "instalment": bill.instalment(2).pk, "first": str(BEGAN), "last": str(HALF),
        "evaluation": bill.evaluated("85.25").pk, "comments": [{"line": 1, "comment": "缺两场"}],
        "members": [district.bureau.pk, district.east.pk, district.west.pk],
    }  # fmt: skip
    made = post("service", f"{V1}/acceptances/", body)
    assert made.status_code == 201, made.json()
    told = made.json()
    assert (told["gross"], told["factor"], told["deducted"], told["payable"]) == ("150000.00", 90, "0.00", "135000.00")
    assert (told["signed"], told["asked"], told["state"]) == (0, 3, "drawn_up")
    address = f"{V1}/acceptances/{told['id']}/"
    line = api("service").read(f"{V1}/acceptance-lines/?acceptance={told['id']}")["results"][0]
    assert (line["done"], line["evidence"], line["comment"], line["target"]) == ("18.0000", 18, "缺两场", "20.1644")

    etag = api("service").get(address).headers["ETag"]
    said = {"conclusion": "基本合格"}
    changed = api("service").patch(address, said, format="json", headers={"If-Match": etag})
    assert changed.json()["conclusion"] == "基本合格"
    assert step("service", address, "submit").status_code == 200
    for who in ("service", "station_head_east", "station_head_west"):
        rows = api(who).read(f"{V1}/signatures/?acceptance={told['id']}")["results"]
        [own] = [row for row in rows if row["actions"]["sign"]["allowed"]]
        assert step(who, f"{V1}/signatures/{own['id']}/", "sign").json()["signed_by_name"] == who
    assert step("service", address, "accept").json()["state"] == "accepted"

    due = {
        row["number"]: row
        for row in api("finance").read(f"{V1}/contract-instalments/?contract={bill.contract.pk}")["results"]
    }
    assert (due[2]["payable"], due[2]["paid"], due[2]["left"]) == ("135000.00", "0.00", "135000.00")
    assert (due[3]["payable"], due[3]["standing"]) == (None, "nothing is accepted yet")
    paid = {
        "instalment": bill.instalment(2).pk,
        "amount": "135000.00",
        "on": str(timezone.localdate()),
        "document": "试财支1号",
    }
    entry = post("finance", f"{V1}/contract-payments/", paid)
    assert entry.status_code == 201, entry.json()
    assert entry.json()["acceptance"] == told["id"]
    back = post("finance", f"{V1}/contract-payments/{entry.json()['id']}/reverse/", {"comment": "账号有误"})
    assert (back.status_code, back.json()["amount"]) == (201, "-135000.00")


def test_the_explanation_says_every_yuan_in_both_languages(bill, api):
    bill.deduct("absence", "2.5")
    sheet = bill.accepted()
    told = api("firm_manager").read(f"{V1}/acceptances/{sheet.pk}/explanation/")
    assert told["payable"] == "133750.00"
    assert sum(Decimal(line["change"]) for line in told["lines"]) == Decimal(told["payable"])
    assert [line["code"] for line in told["lines"]] == ["amount", "share", "factor", "deduction", "payable"]
    assert "Absence without leave on Oct. 31, 2025" in told["text"]["en"]
    assert "无故缺勤" in told["text"]["zh-hans"]
    assert told["text"]["zh-hans"].endswith("133,750.00 元")


@pytest.mark.parametrize("collection", ["acceptances", "deductions", "contract-payments"])
def test_what_makes_money_needs_an_idempotency_key(bill, api, collection):
    answer = api("service" if collection != "contract-payments" else "finance").post(
        f"{V1}/{collection}/", {}, format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key")


def test_the_same_payment_sent_twice_is_entered_once(bill, district, api):
    body = {"instalment": bill.instalment(1).pk, "amount": "5.00", "on": str(TODAY), "document": "试财支1号"}
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    answers = [
        api("finance").post(f"{V1}/contract-payments/", body, format="json", headers=headers) for _again in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert ContractPayment.objects.count() == 1


def test_refusals_of_the_api_name_field_and_code(bill, district, post):
    plan = {"instalment": bill.instalment(1).pk, "amount": "200000.01", "on": str(TODAY), "document": "1号"}
    told = post("finance", f"{V1}/contract-payments/", plan)
    assert (told.status_code, [(one["pointer"], one["code"]) for one in told.json()["errors"]]) == (
        400,
        [("/amount", "more_than_payable")],
    )
    not_yet = post("finance", f"{V1}/contract-payments/", plan | {"instalment": bill.instalment(2).pk})
    assert (not_yet.status_code, not_yet.json()["code"]) == (409, "not_accepted")
    assert post("service", f"{V1}/contract-payments/", plan | {"amount": "1.00"}).status_code == 403
    cut = {"contract": bill.contract.pk, "kind": "false_data", "on": str(HALF), "quantity": "1.00", "reason": "虚报"}
    told = post("service", f"{V1}/deductions/", cut)
    assert [(one["pointer"], one["code"]) for one in told.json()["errors"]] == [("/line", "required")]
    told = post("service", f"{V1}/deductions/", cut | {"line": bill.line("works").pk})
    assert (told.json()["rate"], told.json()["amount"], told.json()["state"]) == ("16000.00", "16000.00", "proposed")
    sheet = {"contract": bill.contract.pk, "instalment": bill.instalment(3).pk, "first": str(BEGAN), "last": str(HALF)}
    told = post("service", f"{V1}/acceptances/", sheet)
    assert {(one["pointer"], one["code"]) for one in told.json()["errors"]} == {
        ("/instalment", "earlier_first"),
        ("/evaluation", "evaluation_required"),
    }


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_firm_finds_nothing_of_another_firm(bill, rival, api, district, collection):
    bill.accepted()
    client, name = api("firm_manager"), rival.contract.name
    own = client.read(f"{V1}/{collection}/")
    theirs = api(rival.manager).read(f"{V1}/{collection}/")["results"]
    assert theirs
    assert not {row["id"] for row in theirs} & {row["id"] for row in own["results"]}
    for row in theirs:
        answer = client.get(f"{V1}/{collection}/{row['id']}/")
        assert (answer.status_code, answer.content) == (404, client.get(f"{V1}/{collection}/987654321/").content)
    asked = {"signatures": "acceptance", "acceptance-lines": "acceptance"}.get(collection, "contract")
    key = rival.contract.pk if asked == "contract" else Acceptance.objects.get(contract=rival.contract).pk
    assert client.read(f"{V1}/{collection}/?{asked}={key}")["results"] == []
    if asked == "contract":
        assert client.read(f"{V1}/{collection}/?firm={rival.contract.firm_id}")["results"] == []
    for order in {"acceptances": "last", "deductions": "on", "contract-payments": "on"}.get(collection, "pk"), "-pk":
        found = client.get(f"{V1}/{collection}/?ordering={order}").content.decode()
        assert name not in found
        assert "密件" not in found
    sheet = client.get(f"{V1}/{collection}/?format=xlsx").content
    with zipfile.ZipFile(io.BytesIO(sheet)) as package:
        assert "密件" not in b"".join(package.read(one) for one in package.namelist()).decode("utf-8", "replace")


def test_a_foreign_contract_or_instalment_cannot_be_named(rival, district, post):
    """Neither by the section of another county nor in a payment."""
    body = {"instalment": PlannedPayment.objects.first().pk, "amount": "1.00", "on": str(TODAY), "document": "1号"}
    told = post("bureau_admin_elsewhere", f"{V1}/contract-payments/", body)
    assert told.status_code in (400, 403)
    sheet = {"contract": rival.contract.pk, "instalment": body["instalment"], "first": str(BEGAN), "last": str(ENDED)}
    told = post("bureau_admin_elsewhere", f"{V1}/acceptances/", sheet)
    assert (told.status_code, told.json()["errors"][0]["code"]) == (400, "does_not_exist")


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_collection_asks_as_little_with_thirty_rows_as_with_three(district, api, collection):
    models = {
        "acceptances": Acceptance, "deductions": Deduction, "contract-instalments": PlannedPayment,
        "contract-payments": ContractPayment,
    }  # fmt: skip
    make = OF_CONTRACT_MONEY[models.get(collection, Acceptance)]
    client, asked = api("service"), []
    client.read(f"{V1}/{collection}/")
    for numbers in (range(1, 4), range(4, 31)):
        for number in numbers:
            make(district, number)
        with CaptureQueriesContext(connection) as queries:
            told = client.read(f"{V1}/{collection}/?limit=100")
        asked.append([query["sql"] for query in queries.captured_queries])
        assert len(told["results"]) >= max(numbers)
    assert len(asked[0]) == len(asked[1]), "\n".join(asked[1])


def test_lines_of_a_sheet_leave_as_a_spreadsheet(bill, api):
    bill.deliver("activities", *[1] * 18)
    sheet = bill.sheet(2, bill.evaluated("85"))
    answer = api("service").get(f"{V1}/acceptance-lines/?acceptance={sheet.pk}&format=csv")
    text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
    assert "群众文化活动策划与组织" in text
    assert "26.7799" in text


def test_finance_pays_in_the_admin_and_takes_back_what_was_wrong(bill, district, signed_in):
    client, add = signed_in("finance"), "/admin/stewards/contractpayment/add/"
    instalment = bill.instalment(1)
    page = client.get(f"/admin/stewards/plannedpayment/{instalment.pk}/change/")
    assert [panel.add for panel in page.context["panels"]] == ["", f"{add}?instalment={instalment.pk}"]
    assert list(client.get(add).context["adminform"].form.fields["instalment"].queryset) == [instalment]
    entry = {
        "instalment": instalment.pk,
        "amount": "200001",
        "on": str(TODAY),
        "document": "试财支〔2026〕7号",
        "note": "",
    }
    refused = client.post(add, entry)
    assert "200,000.00 yuan are still to be paid" in str(refused.context["adminform"].form.errors["amount"])
    assert client.post(add, entry | {"amount": "20万元"}).status_code == 302
    made = ContractPayment.objects.get()
    assert made.amount == 200_000
    way = f"/admin/stewards/contractpayment/{made.pk}/reverse/"
    client.post(way, {"comment": " "})
    assert ContractPayment.objects.count() == 1
    client.post(way, {"comment": "账号有误"})
    assert sum(one.amount for one in ContractPayment.objects.all()) == 0
    assert not client.get(f"/admin/stewards/contractpayment/{made.pk}/change/").context["reversible"]
    for who in ("service", "bureau_leader", "observer"):
        assert signed_in(who).get(add).status_code == 403, who


def test_who_signed_is_told_in_the_admin_that_he_does_not_pay(bill, district, signed_in):
    bill.accepted()
    grant_office(actor=None, user=district.service, role=Role.FINANCE, unit=district.bureau, valid_from=OPENED)
    entry = {
        "instalment": bill.instalment(2).pk, "amount": "1", "on": str(timezone.localdate()), "document": "1号", "note": ""
    }  # fmt: skip
    page = signed_in("service").post("/admin/stewards/contractpayment/add/", entry)
    assert page.status_code == 200
    assert "does not pay it" in page.content.decode()
    assert not ContractPayment.objects.exists()


def test_the_section_draws_a_sheet_up_in_the_admin_and_comments_on_it(bill, district, signed_in):
    client = signed_in("service")
    evaluation = bill.evaluated("85.25")
    form = client.get("/admin/stewards/acceptance/add/").context["adminform"].form
    assert [one.number for one in form.fields["instalment"].queryset] == [2, 3]
    body = {
        "contract": bill.contract.pk, "instalment": bill.instalment(2).pk, "first": str(BEGAN), "last": str(HALF),
        "evaluation": evaluation.pk, "conclusion": "", "members": [],
    }  # fmt: skip
    answer = client.post("/admin/stewards/acceptance/add/", body)
    assert answer.status_code == 302
    sheet = Acceptance.objects.get()
    page = client.get(f"/admin/stewards/acceptance/{sheet.pk}/change/").content.decode()
    assert "135,000.00" in page
    assert "Performance factor for 85.25 points" in page
    bill.deliver("activities", 1)
    client.post(f"/admin/stewards/acceptance/{sheet.pk}/acts/count/")
    assert sheet.lines.get(line__number=1).done == 1
    client.post(f"/admin/stewards/acceptance/{sheet.pk}/comment/", {"line": "1", "comment": "缺两场"})
    assert sheet.lines.get(line__number=1).comment == "缺两场"
    sheet.refresh_from_db()
    client.post(f"/admin/stewards/acceptance/{sheet.pk}/steps/submit/", {"seen": sheet.version})
    sheet.refresh_from_db()
    assert sheet.state == "signing"


def test_a_deduction_is_proposed_in_the_admin_and_decided_by_the_leader(bill, district, signed_in):
    body = {
        "contract": bill.contract.pk, "kind": "absence", "line": "", "on": str(date(2025, 9, 1)), "quantity": "1.5",
        "rate": "", "reason": "未请假离岗",
    }  # fmt: skip
    assert signed_in("service").post("/admin/stewards/deduction/add/", body).status_code == 302
    made = Deduction.objects.get()
    assert made.amount == 750
    answer = signed_in("bureau_leader").post(
        f"/admin/stewards/deduction/{made.pk}/steps/decide/", {"seen": made.version}
    )
    made.refresh_from_db()
    assert (answer.status_code, made.state) == (302, "decided")


def test_finance_is_owed_the_payment_on_the_first_page(bill, district, api):
    bill.accepted()
    [owed] = [one for one in api("finance").read(f"{V1}/deadlines/")["results"] if one["code"] == "stewards.payment"]
    assert owed["due_on"] == "2026-06-19"
    bill.pay(2, "135000")
    [owed] = [one for one in api("finance").read(f"{V1}/deadlines/")["results"] if one["code"] == "stewards.payment"]
    assert owed["settled_at"]
    assert payment(district, 1).amount == 1
