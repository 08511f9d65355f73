"""Contracts through the API: drawn up, changed, signed, filed, renewed; and what others find of them."""

from __future__ import annotations

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from culture_admin.accounts.actions import grant_office, issue_account
from culture_admin.accounts.roles import Role
from culture_admin.workflow.actions import perform
from stewards.actions import draft_contract, record_penalty
from stewards.models import Contract, ServiceLine
from tests.district import NOW, OPENED, TODAY
from tests.stewards.deals import Deal, service_list
from tests.stewards.firms import another_firm

LINES = [
    {"item": "群众文化活动", "measure": "activities", "target": "40.00", "unit_price": "5000.00", "weight": 60},
    {"item": "艺术培训", "measure": "class_hours", "target": "240", "unit_price": "500.00", "weight": 40, "genre": "dance"},
]  # fmt: skip
_keys = itertools.count()


def headers(record=None, version=None):
    made = {"Idempotency-Key": f"c{next(_keys)}"}
    number = version or (record.version if record else None)
    return made | ({"If-Match": f'"v{number}"'} if number else {})


@pytest.fixture
def body(district):
    return {
        "place": district.county.pk, "stations": [district.east.pk, district.west.pk], "number": "试文采〔2026〕5号",
        "name": "文化管家服务", "firm": district.firm.pk, "method": "open_tender", "budget": "600000.00", "amount": "500000.00",
        "headcount": 2, "begins_on": "2026-03-01", "ends_on": "2027-02-28", "renewals_left": 1, "lines": LINES,
    }  # fmt: skip


def manager_of(firm):
    user = issue_account(actor=None, username="manager2", name="manager2")
    grant_office(actor=None, user=user, role=Role.FIRM_MANAGER, unit=firm.unit, valid_from=OPENED)
    return user


def test_a_contract_goes_from_draft_to_renewal_through_the_api(district, api, body):
    client = api(district.service)
    made = client.post("contracts/", body, headers=headers())
    assert made.status_code == 201, made.json()
    path, record = f"contracts/{made.json()['id']}/", made.json()
    assert [line["amount"] for line in record["lines"]] == ["200000.00", "120000.00"]
    assert [one["gross"] for one in record["plan"]] == ["200000.00", "150000.00", "150000.00"]
    assert (record["stations"], record["state"]) == ([district.east.pk, district.west.pk], "preparing")
    changed = client.patch(path, {"headcount": 3, "ends_on": "2027-01-31"}, headers=headers(version=1))
    assert changed.status_code == 200, changed.json()
    assert {line["last"] for line in changed.json()["lines"]} == {"2027-01-31"}
    assert client.post(f"{path}procure/", {}, headers=headers(version=2)).json()["state"] == "procuring"
    noted = client.post(f"{path}award/", {"awarded_on": "2026-02-02"}, headers=headers(version=3))
    assert (noted.status_code, noted.json()["awarded_on"]) == (200, "2026-02-02")
    signed = client.post(f"{path}signing/", {"signed_on": "2026-02-20"}, headers=headers(version=4))
    assert (signed.status_code, signed.json()["state"]) == (200, "signed"), signed.json()
    seen = Contract.objects.get().version
    assert client.patch(path, {"headcount": 4}, headers=headers(version=seen)).status_code == 409
    filed = client.post(
        f"{path}filing/", {"copied_on": "2026-02-27", "published_on": "2026-02-24"}, headers=headers(version=seen)
    )
    assert (filed.status_code, filed.json()["published_on"]) == (200, "2026-02-24")
    term = {"number": "试文采〔2027〕5号", "begins_on": "2027-02-01", "budget": "600000", "amount": "500000"}
    following = client.post(f"{path}renew/", term, headers=headers(Contract.objects.get()))
    assert (following.status_code, following.json()["renews"]) == (201, record["id"]), following.json()
    assert following.json()["renewals_left"] == 0
    assert following.json()["lines"][0]["first"] == "2027-02-01"


@pytest.mark.parametrize(
    ("entries", "pointer"),
    [
        ({"ends_on": "2029-03-01"}, "/ends_on"),
        ({"amount": "600000.01"}, "/"),
        ({"quantity_share": 41}, "/"),
        ({"method": "single_source"}, "/single_reason"),
        ({"stations": []}, "/stations"),
        ({"lines": [{**LINES[0], "weight": 101}]}, "/lines/0/weight"),
        ({"lines": [{**LINES[0], "genre": "tango"}]}, "/lines"),
        ({"lines": [LINES[0], {**LINES[1], "first": "2025-01-01"}]}, "/lines"),
        ({"lines": [{**LINES[0], "target": 40}]}, "/lines/0/target"),
        ({"plan": [{"share": 99, "when": "signed"}]}, "/plan"),
        ({"factors": [{"least": 90, "percent": 80}, {"least": 80, "percent": 90}]}, "/factors"),
        ({"number": ""}, "/number"),
        ({"color": "red"}, "/color"),
    ],
)
def test_what_the_rules_do_not_allow_is_named_where_it_stands(district, api, body, entries, pointer):
    answer = api(district.service).post("contracts/", body | entries, headers=headers())
    assert answer.status_code == 400, answer.json()
    assert pointer.rstrip("/") in {(error.get("pointer") or "").rstrip("/") for error in answer.json()["errors"]}
    assert not Contract.objects.exists()


def test_a_barred_firm_is_refused_with_why(district, api, body):
    record_penalty(
        actor=None, firm=district.firm, what="合同欺诈", authority="县财政局", document="1号", serious=True,
        valid_from=TODAY, at=NOW,
    )  # fmt: skip
    answer = api(district.service).post("contracts/", body, headers=headers())
    [error] = answer.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/firm", "firm_barred")
    assert "合同欺诈" in error["message"]


def test_a_supplement_above_a_tenth_is_refused(district, api):
    deal = Deal(district)
    deal.performing()
    entries = {"contract": deal.contract.pk, "line": deal.line("works").pk, "quantity": "6", "amount": "50000.01",
               "document": "补充合同", "reason": "增加"}  # fmt: skip
    client = api(district.service)
    answer = client.post("supplements/", entries, headers=headers())
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "supplement_too_large"), answer.json()
    made = client.post("supplements/", entries | {"amount": "50000.00"}, headers=headers())
    assert (made.status_code, made.json()["state"]) == (201, "proposed")
    path = f"supplements/{made.json()['id']}/sign/"
    assert client.post(path, {}, headers=headers(version=1)).status_code == 403
    assert api(district.bureau_leader).post(path, {}, headers=headers(version=1)).json()["state"] == "signed"
    lines = client.read(f"service-lines/?contract={deal.contract.pk}&measure=works")["results"]
    assert (lines[0]["target"], lines[0]["agreed"]) == ("4.00", "10.00")


def test_towns_read_the_list_and_not_the_money_of_the_plan(district, api):
    contract = Deal(district).signed()
    own = api(district.town_officer_east).read(f"contracts/{contract.pk}/")
    assert (len(own["lines"]), own["plan"], own["factors"]) == (5, None, None)
    assert api(district.firm_manager).read(f"contracts/{contract.pk}/")["plan"] is not None
    assert api(district.town_officer_east).patch(
        f"contracts/{contract.pk}/", {"headcount": 9}, headers=headers(contract)
    ).status_code == 403  # fmt: skip


def test_another_firm_and_another_county_find_nothing_of_it(district, api):
    deal = Deal(district)
    deal.performing()
    line = deal.line("works")
    for user in (manager_of(another_firm(district)), district.bureau_admin_elsewhere, district.town_officer_elsewhere):
        client = api(user)
        for address in (f"contracts/{deal.contract.pk}/", f"service-lines/{line.pk}/"):
            assert client.get(address).status_code == 404, (user, address)
        for query in (
            "contracts/", f"contracts/?firm={district.firm.pk}", f"contracts/?station={district.east.pk}",
            "contracts/?ordering=-amount", "service-lines/", f"service-lines/?contract={deal.contract.pk}",
            f"service-lines/?station={district.east.pk}", "supplements/",
        ):  # fmt: skip
            assert client.read(query)["results"] == [], (user, query)
        for collection in ("contracts", "service-lines", "supplements"):
            assert "知音" not in client.get(f"{collection}/?format=csv").content.decode(), (user, collection)


def test_filters_find_what_they_say(district, api):
    contract = Deal(district).signed()
    client = api(district.service)
    for query, found in (
        (f"state=signed&firm={district.firm.pk}", True),
        ("state=settled", False),
        ("on=2026-05-01", True),
        ("on=2027-03-01", False),
        ("ends_by=2027-02-28", True),
        ("number=试文采〔2026〕3号", True),
        (f"station={district.elsewhere.pk}", False),
    ):
        keys = [row["id"] for row in client.read(f"contracts/?{query}")["results"]]
        assert (contract.pk in keys) == found, query
    lines = client.read("service-lines/?measure=activities,works&on=2026-05-01")["results"]
    assert {line["measure"] for line in lines} == {"activities", "works"}
    assert client.get("contracts/?color=red").status_code == 400


def test_a_list_of_contracts_costs_the_same_for_three_and_for_thirty(district, api):
    client, counts = api(district.service), []
    for number in (3, 27):
        for serial in range(number):
            contract = draft_contract(
                actor=district.service, at=NOW, place=district.county, stations=[district.east, district.west],
                number=f"{number}-{serial}", name="服务", firm=district.firm, method="open_tender", budget=600_000,
                amount=500_000, headcount=2, begins_on=OPENED.replace(year=2026), ends_on=OPENED.replace(year=2026, month=12),
                lines=service_list(),
            )  # fmt: skip
            if serial % 2:
                perform(contract, "procure", actor=district.service, at=NOW)
        for path in ("contracts/", "service-lines/"):
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"{path}?limit=100").status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert ServiceLine.objects.count() == 150
