"""DM-10: the yearly budget of the station is guaranteed and paid on schedule; money keeps to its purpose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from culture_admin.workflow.models import Deadline
from stations.models import Appropriation, Budget, Finding, Instalment, PurposeChange, Spending
from tests.clock import in_days

YEAR = in_days(0).year
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)


def past() -> date:
    """When the first instalment is due, which is late by now."""
    return max(in_days(-12), FIRST)


def budget_body(district, **entries) -> dict:
    values = {
        "station": district.east.pk,
        "year": YEAR,
        "document": "东政〔2026〕1号",
        "lines": [
            {"purpose": "activities", "amount": "60000.00"},
            {"purpose": "creation", "amount": "40000.00", "locked": True},
        ],
        "instalments": [
            {"due_on": str(past()), "amount": "40000.00"},
            {"due_on": str(LAST), "amount": "60000.00"},
        ],
    }
    return values | entries


@pytest.fixture
def budget(district, post, step) -> dict:
    """In force through the API: filed by the head, committed by the town."""
    made = post("station_head_east", "budgets/", budget_body(district)).json()
    return step("town_officer_east", f"budgets/{made['id']}/", "commit").json()


def payment(district, budget, **entries) -> dict:
    values = {
        "station": district.east.pk,
        "year": YEAR,
        "amount": "40000.00",
        "on": str(in_days(0)),
        "document": "凭证1号",
        "instalment": budget["instalments"][0]["id"],
    }
    return values | entries


def spending(district, **entries) -> dict:
    values = {
        "station": district.east.pk,
        "year": YEAR,
        "purpose": "creation",
        "amount": "40000.00",
        "on": str(in_days(0)),
        "document": "发票1号",
    }
    return values | entries


def asked(api, who, *codes) -> dict:
    return api(who).read(f"statistics/?metric={','.join(codes)}&from={FIRST}&to={LAST}&division=990101101")["total"]


def test_through_the_api_the_town_commits_itself_pays_late_and_everybody_reads_by_how_much(district, budget, api, post):
    assert (budget["state"], budget["total"]) == ("committed", "100000.00")
    (duty, _later) = Deadline.objects.open().filter(code="stations.instalment").order_by("due_on")
    assert (duty.due_on, duty.unit.name_zh) == (past(), "东镇人民政府")
    owed = api("town_officer_east").read("tasks/")["results"]
    assert any(task["kind"] == "deadline" and task["code"] == "stations.instalment" for task in owed)
    (late,) = api("finance").read("instalments/?late=true")["results"]
    assert (late["paid"], late["days_late"]) == ("0.00", 12)
    answer = post("town_officer_east", "appropriations/", payment(district, budget))
    assert answer.status_code == 201
    duty.refresh_from_db()
    assert duty.settled_at is not None
    first = api("finance").read(f"budgets/{budget['id']}/")["instalments"][0]
    assert (first["paid"], first["paid_in_time"], first["completed_on"]) == ("40000.00", "0.00", str(in_days(0)))
    codes = ("stations.budget", "stations.paid", "stations.paid_on_time_rate")
    assert asked(api, "observer", *codes) == {
        "stations.budget": "100000.00", "stations.paid": "40000.00", "stations.paid_on_time_rate": 0,
    }  # fmt: skip


def test_on_the_pages_the_same_money_reads_the_same(district, sign_in, api):
    head, town = sign_in("station_head_east"), sign_in("town_officer_east")
    at = f"?station={district.east.pk}&year={YEAR}"
    assert "No budget is in force for this year." in head.get(f"/desk/money/{at}").content.decode()
    sent = {
        "document": "东政〔2026〕1号", "amount_activities": "6万元", "amount_creation": "￥４0,000.00", "locked_creation": "on",
        "due_0": str(past()), "sum_0": "40000", "due_1": str(LAST), "sum_1": "60,000.00",
    }  # fmt: skip
    assert head.post(f"/desk/budgets/add/{at}", sent).status_code == 302
    budget = Budget.objects.get()
    assert "Budgets · Commit" in town.get("/desk/").content.decode()
    assert town.post(f"/desk/budgets/{budget.pk}/", {"step": "commit", "version": 1}).status_code == 302
    paid = {
        "instalment": Instalment.objects.get(number=1).pk, "amount": "25000", "on": str(past()), "document": "凭证1号",
    }  # fmt: skip
    assert town.post(f"/desk/payments/add/{at}", paid).status_code == 302
    page = head.get(f"/desk/money/{at}").content.decode()
    assert "12 days late, still owed" in page
    assert "62.5 %" in page
    assert "<svg" in page
    numbers = asked(api, "finance", "stations.paid", "stations.paid_on_time_rate", "stations.budget")
    assert numbers == {
        "stations.paid": "25000.00", "stations.paid_on_time_rate": 0.625, "stations.budget": "100000.00",
    }  # fmt: skip
    for shown in ("100,000.00", "25,000.00"):
        assert shown in page
    listed = sign_in("finance").get("/admin/stations/instalment/?paid=late").content.decode()
    assert "15,000.00" not in listed
    assert "40,000.00" in listed


def test_a_purpose_is_overrun_with_a_warning_and_a_finding_and_changed_only_by_a_case(
    district, budget, api, post, step
):
    case = post(
        "station_head_east", "purpose-changes/",
        {"station": district.east.pk, "year": YEAR, "from_purpose": "activities", "to_purpose": "creation",
         "amount": "500.00", "reason": "新排大戏"},
    ).json()  # fmt: skip
    assert step("station_head_east", f"purpose-changes/{case['id']}/", "approve").json()["code"] == "not_your_power"
    assert step("finance", f"purpose-changes/{case['id']}/", "approve").json()["state"] == "approved"
    within = post("station_head_east", "spendings/", spending(district, amount="40500.00")).json()
    assert within["over"] == "0.00"
    assert not Finding.objects.exists()
    beyond = post("station_head_east", "spendings/", spending(district, amount="0.01", document="发票2号")).json()
    assert beyond["over"] == "0.01"
    (finding,) = api("finance").read("findings/?kind=purpose")["results"]
    assert (finding["subject_kind"], finding["subject_id"]) == ("spending", beyond["id"])
    line = next(line for line in api("finance").read(f"budgets/{budget['id']}/")["lines"] if line["locked"])
    assert line == {
        "purpose": "creation", "amount": "40000.00", "locked": True, "moved": "500.00", "available": "40500.00",
        "spent": "40500.01", "left": "-0.01",
    }  # fmt: skip


def test_the_overrun_and_the_case_on_the_pages(district, budget, sign_in):
    head, at = sign_in("station_head_east"), f"?station={district.east.pk}&year={YEAR}"
    sent = {"purpose": "creation", "amount": "40,000.01", "on": str(in_days(0)), "document": "发票1号"}
    answer = head.post(f"/desk/spendings/add/{at}", sent, follow=True)
    text = answer.content.decode()
    assert "The purpose is overrun by 0.01 yuan. It has become a finding." in text
    page = head.get(f"/desk/money/{at}").content.decode()
    assert "overrun" in page
    ask = {"from_purpose": "activities", "to_purpose": "creation", "amount": "0.01", "reason": "补足"}
    assert head.post(f"/desk/purposes/add/{at}", ask).status_code == 302
    case, finance = PurposeChange.objects.get(), sign_in("finance")
    assert "Changes of purpose" in finance.get("/admin/tasks/").content.decode()
    finance.post(f"/admin/stations/purposechange/{case.pk}/steps/approve/", {"seen": "1"})
    case.refresh_from_db()
    assert case.state == "approved"
    reverse = head.post(f"/desk/spendings/{Spending.objects.get().pk}/", {"reason": "重复"})
    assert reverse.status_code == 302
    assert sum(Spending.objects.values_list("amount", flat=True)) == 0


def test_a_revision_is_read_beside_what_it_replaces(district, budget, api, post, step, sign_in):
    body = budget_body(district, reason="追加经费")
    body["lines"][0]["amount"], body["instalments"][1]["amount"] = "70000.00", "70000.00"
    made = post("town_officer_east", "budgets/", body).json()
    changes = api("town_officer_east").get(f"budgets/{made['id']}/changes/").json()
    assert {(one["before"], one["after"]) for one in changes} == {
        ("60000.00", "70000.00"), ("100000.00", "110000.00"),
    }  # fmt: skip
    page = sign_in("town_officer_east").get(f"/desk/budgets/{made['id']}/").content.decode()
    assert "<del>60,000.00</del> → <ins>70,000.00</ins>" in page
    assert step("town_officer_east", f"budgets/{made['id']}/", "commit").status_code == 200
    assert api("finance").read(f"budgets/{budget['id']}/")["state"] == "superseded"


def test_a_cut_waits_for_the_bureau(district, budget, api, post, step, sign_in):
    body = budget_body(district, reason="财力紧张")
    body["lines"][0]["amount"], body["instalments"][1]["amount"] = "50000.00", "50000.00"
    made = post("town_officer_east", "budgets/", body).json()
    assert made["state"] == "awaiting"
    refused = step("town_officer_east", f"budgets/{made['id']}/", "commit")
    assert (refused.status_code, refused.json()["code"]) == (409, "illegal_transition")
    assert "Consent to what is taken away" in sign_in("finance").get("/admin/tasks/").content.decode()
    assert step("finance", f"budgets/{made['id']}/", "object", "年度预算应予保障").json()["state"] == "returned"
    assert api("finance").read(f"budgets/{budget['id']}/")["state"] == "committed"


@pytest.mark.parametrize(
    "amount", ["-1.00", "0.00", "12.345", "1e3", "1,234.5", "￥1", "NaN", "9" * 15, 12, None, True]
)
def test_an_amount_that_cannot_be_is_answered_at_its_field(district, budget, post, amount):
    for who, path, body in (
        ("town_officer_east", "appropriations/", payment(district, budget, amount=amount)),
        ("station_head_east", "spendings/", spending(district, amount=amount)),
    ):
        answer = post(who, path, body)
        assert answer.status_code == 400
        assert [one["pointer"] for one in answer.json()["errors"]] == ["/amount"]
    assert not Appropriation.objects.exists()
    assert not Spending.objects.exists()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("12.345", "An amount has at most two decimals, read “12.345”."),
        ("-5", "An amount above zero is expected, read -5.00."),
        ("1e3", "“1e3” is not an amount."),
        ("2亿亿", "“2亿亿” is not an amount."),
        ("99999999999", "“99999999999” is more than a billion yuan."),
        ("", "Write the amount in yuan."),
    ],
)
def test_on_the_page_an_amount_that_cannot_be_is_answered_in_words(district, sign_in, written, told):
    sent = {"purpose": "creation", "amount": written, "on": str(in_days(0)), "document": "x"}
    address = f"/desk/spendings/add/?station={district.east.pk}&year={YEAR}"
    assert told in sign_in("station_head_east").post(address, sent).content.decode()
    assert not Spending.objects.exists()


def test_a_backdated_payment_needs_a_reason_and_says_so(district, budget, api, post):
    long_ago = payment(district, budget, on=str(in_days(-31)))
    answer = post("town_officer_east", "appropriations/", long_ago)
    assert answer.json()["errors"][0]["pointer"] == "/late_reason"
    kept = post("town_officer_east", "appropriations/", long_ago | {"late_reason": "凭证补录"}).json()
    assert (kept["late"], kept["reason"]) == (True, "凭证补录")
    assert asked(api, "finance", "stations.backdated") == {"stations.backdated": 1}
    assert len(api("finance").read("appropriations/?late=true")["results"]) == 1


def test_an_entry_is_taken_back_beside_it_and_never_changed(district, budget, api, post):
    entry = post("town_officer_east", "appropriations/", payment(district, budget)).json()
    path = f"appropriations/{entry['id']}/"
    for method in ("put", "patch", "delete"):
        assert getattr(api("town_officer_east"), method)(path, {}, format="json").status_code == 405
    back = post("town_officer_east", f"{path}reverse/", {"comment": "重复录入"})
    assert (back.status_code, back.json()["amount"], back.json()["reverses"]) == (201, "-40000.00", entry["id"])
    again = post("town_officer_east", f"{path}reverse/", {"comment": "x"})
    assert (again.status_code, again.json()["code"]) == (409, "reversed_already")
    assert api("finance").read(path)["reversed_by"] == back.json()["id"]
    assert asked(api, "finance", "stations.paid") == {"stations.paid": "0.00"}


def test_money_is_sent_once_however_often_it_is_sent(district, budget, api):
    body = payment(district, budget)
    headers = {"Idempotency-Key": "p1"}
    town = api("town_officer_east")
    answers = [town.post("appropriations/", body, format="json", headers=headers) for _again in range(3)]
    assert {answer.status_code for answer in answers} == {201}
    assert Appropriation.objects.count() == 1
    assert town.post("appropriations/", body, format="json").json()["code"] == "idempotency_key"


# --- the permission table, from the matrix: who may, and everybody who may not ---

PEOPLE = [
    "station_head_east", "station_officer_east", "town_officer_east", "finance", "bureau_leader", "bureau_admin", "service",
    "personnel", "registrar", "backbone", "assessor", "observer", "firm_manager", "steward_east", "system_admin",
    "station_head_west", "town_officer_west", "bureau_admin_elsewhere",
]  # fmt: skip
MAY = {
    "budgets": {"station_head_east", "station_officer_east", "town_officer_east"},
    "appropriations": {"town_officer_east"},
    "spendings": {"station_head_east", "station_officer_east"},
    "purpose-changes": {"station_head_east", "town_officer_east"},
}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_enters_money_is_who_the_matrix_names(district, budget, post, who):
    revision = budget_body(district, reason="x")
    bodies = {
        "budgets": revision,
        "appropriations": payment(district, budget, instalment=None),
        "spendings": spending(district, amount="1.00"),
        "purpose-changes": {
            "station": district.east.pk, "year": YEAR, "from_purpose": "activities", "to_purpose": "books",
            "amount": "1.00", "reason": "x",
        },
    }  # fmt: skip
    entered = {name for name, body in bodies.items() if post(who, f"{name}/", body).status_code == 201}
    assert entered == {name for name, people in MAY.items() if who in people}


STEPS = {
    "commit": {"town_officer_east"},
    "return": {"town_officer_east"},
    "withdraw": {"station_head_east", "station_officer_east", "town_officer_east"},
    "consent": set(),
    "supersede": set(),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_decides_on_a_budget_is_who_the_matrix_names(district, api, post, step, who):
    made = post("station_head_east", "budgets/", budget_body(district)).json()
    path = f"budgets/{made['id']}/"
    answer = api(who).get(path)
    offered = (
        {name for name, said in answer.json()["actions"].items() if said["allowed"]}
        if answer.status_code == 200
        else set()
    )
    assert offered == {name for name, people in STEPS.items() if who in people}
    if who not in STEPS["commit"]:
        assert step(who, path, "commit").status_code in (403, 404, 409)
        assert Budget.objects.get().state == "proposed"


def test_residents_share_the_spending(district, api, post):
    post("station_head_east", "spendings/", spending(district, amount="50000.00"))
    per_head = asked(api, "observer", "stations.spending", "stations.spending_per_resident")
    assert per_head == {"stations.spending": "50000.00", "stations.spending_per_resident": "1.25"}
    assert Decimal(50_000) / 40_000 == Decimal("1.25")
