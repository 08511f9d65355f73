"""Deliveries and burn-down through API, desk and admin: what each party sees, moves and takes away as a sheet, and what nobody
finds of another firm.
"""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from culture_admin.accounts.actions import grant_office, issue_account
from culture_admin.accounts.roles import Role
from culture_admin.workflow.actions import perform
from stewards.actions import add_steward, end_posting, post_steward
from stewards.models import Contract, Delivery, LineAlert
from tests.district import NOW, OPENED
from tests.stewards.deals import BEGINS, Deal, service_list
from tests.stewards.firms import another_firm
from tests.stewards.furnished_ledger import of_ledger

_keys = itertools.count()
READERS = ["service", "firm_manager", "station_head_east", "town_officer_east", "observer"]


@pytest.fixture
def deal(district) -> Deal:
    extra = {"item": "舞蹈", "measure": "activities", "genre": "dance", "target": 10, "unit_price": 0, "weight": 0}
    deal = Deal(district, lines=[*service_list(), extra])
    deal.performing()
    return deal


@pytest.fixture
def activity(district, deal):
    return district.log(posting=deal.posting("east"), title="送戏进村")


@pytest.fixture
def foreign(district, deal):
    """Another firm's contract for the east town, what it served there, and its manager."""
    firm = another_firm(district)
    other = Deal(district, number="试文采〔2026〕9号", firm=firm)
    other.procuring()
    Contract.objects.filter(pk=other.contract.pk).update(state="performing", signed_on=BEGINS, awarded_on=BEGINS)
    other.contract.refresh_from_db()
    steward = add_steward(actor=None, firm=firm, name="外人")
    end_posting(actor=None, posting=deal.posting("east"), on=date(2026, 5, 10))
    posting = post_steward(
        actor=None, steward=steward, station=district.east, contract=other.contract, valid_from=date(2026, 5, 10)
    )
    district.log(posting=posting, title="他家的戏", begins_on=date(2026, 5, 12))
    user = issue_account(actor=None, username="manager2", name="manager2")
    grant_office(actor=None, user=user, role=Role.FIRM_MANAGER, unit=firm.unit, valid_from=OPENED)
    return other.contract


def move(client, delivery: Delivery, **body):
    headers = {"Idempotency-Key": f"m{next(_keys)}"}
    return client.post(f"deliveries/{delivery.pk}/move/", body, format="json", headers=headers)


@pytest.mark.parametrize("who", READERS)
def test_what_was_served_is_read_with_its_record(district, deal, activity, api, who):
    [row] = api(who).read("deliveries/")["results"]
    assert (row["line_number"], row["quantity"], row["unit"], row["standing"]) == (1, "1", "activities", True)
    assert row["record"] == {
        "kind": "activity",
        "id": activity.pk,
        "name": "送戏进村",
        "url": f"/api/v1/activities/{activity.pk}/",
    }
    assert api(who).read(f"deliveries/{row['id']}/")["record"] == row["record"]


def test_a_list_is_narrowed_and_says_why_something_was_reversed(district, deal, activity, api):
    west = district.log(district.west, posting=deal.posting("west"), title="送书", begins_on=date(2026, 4, 20))
    perform(activity, "void", actor=district.station_head_east, at=NOW, comment="误报")
    client, line = api(district.service), deal.contract.lines.get(number=1)
    assert [row["record"]["id"] for row in client.read("deliveries/?standing=true")["results"]] == [west.pk]
    [gone] = client.read("deliveries/?standing=false")["results"]
    assert "作废" in gone["reversed_for"]
    for query, number in (
        (f"contract={deal.contract.pk}", 2),
        (f"line={line.pk}", 2),
        (f"station={district.west.pk}", 1),
        (f"steward={deal.posting('west').steward_id}", 1),
        ("from=2026-05-01", 1),
        ("to=2026-04-30", 1),
        ("from=2026-05-07", 0),
    ):
        assert len(client.read(f"deliveries/?{query}")["results"]) == number, query
    assert client.get("deliveries/?standing=perhaps").status_code == 400


def test_the_section_moves_a_delivery_and_nobody_else_does(district, deal, activity, api):
    delivery, line = Delivery.objects.get(), deal.contract.lines.get(number=6)
    for who in ("firm_manager", "station_head_east", "town_officer_east"):
        assert move(api(who), delivery, line=line.pk, reason="属于舞蹈").status_code == 403
    for body, pointer in (
        ({"line": deal.contract.lines.get(number=2).pk, "reason": "x"}, "/line"),
        ({"line": line.pk, "reason": " "}, "/reason"),
        ({"line": 10**9, "reason": "x"}, "/line"),
        ({"line": line.pk, "reason": "x", "amount": 5}, "/amount"),
    ):
        refused = move(api(district.service), delivery, **body)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, pointer), refused.json()
    answer = move(api(district.service), delivery, line=line.pk, reason="属于舞蹈")
    assert answer.status_code == 200, answer.json()
    assert (answer.json()["line_number"], answer.json()["moved_for"]) == (6, "属于舞蹈")
    again = move(api(district.service), delivery, line=line.pk, reason="属于舞蹈")
    assert (again.status_code, again.json()["code"]) == (409, "reversed_already")


@pytest.mark.parametrize("who", READERS)
def test_a_burn_down_is_read_by_everybody_it_concerns(district, deal, activity, api, who):
    found = api(who).read(f"contracts/{deal.contract.pk}/burn-down/?on=2026-05-20")
    assert found["on"] == "2026-05-20"
    assert found["lines"][0] == {
        "line": deal.contract.lines.get(number=1).pk,
        "number": 1,
        "item": "群众文化活动策划与组织",
        "station": None,
        "unit": "activities",
        "first": "2026-03-01",
        "last": "2027-02-28",
        "target": "40.00",
        "done": "1.00",
        "share": "0.0250",
        "left": "39.00",
        "expected": "8.88",
        "forecast": "4.51",
        "behind": True,
        "records": 1,
        "level": "",
    }


@pytest.mark.parametrize("query", ["on=2026-13-01", "on=yesterday", "format=pdf", "day=2026-05-20"])
def test_a_burn_down_of_no_day_is_refused(district, deal, api, query):
    assert api(district.service).get(f"contracts/{deal.contract.pk}/burn-down/?{query}").status_code == 400


def test_a_burn_down_leaves_as_a_sheet(district, deal, activity, api, signed_in):
    address = f"contracts/{deal.contract.pk}/burn-down/?on=2026-05-20&format=csv"
    text = api(district.firm_manager).get(address).content.decode("utf-8-sig")
    lines = text.splitlines()
    assert lines[0].startswith("No.,Service item,Station,Counted in,From,To,Target,Done,Done (%),Left,Expected by time")
    assert (
        lines[1]
        == "1,群众文化活动策划与组织,all towns,activities,2026-03-01,2027-02-28,40.00,1.00,2.5000,39.00,8.88,4.51,1,"
    )
    desk = signed_in(district.firm_manager).get(
        f"/desk/contracts/{deal.contract.pk}/burn-down/?on=2026-05-20&format=csv"
    )
    assert desk.content.decode("utf-8-sig") == text
    sheet = api(district.firm_manager).get(address.replace("csv", "xlsx"))
    assert sheet.content[:2] == b"PK"


def test_the_records_behind_a_line_are_counted_or_reversed_with_why(district, deal, activity, api):
    second = district.log(posting=deal.posting("east"), title="送书")
    perform(activity, "void", actor=district.station_head_east, at=NOW, comment="误报")
    line = deal.contract.lines.get(number=1)
    client = api(district.firm_manager)
    rows = client.read(f"service-lines/{line.pk}/records/")["results"]
    assert [(row["record"]["id"], row["standing"]) for row in rows] == [(second.pk, True), (activity.pk, False)]
    assert rows[1]["reversed_for"]
    assert [
        row["record"]["id"] for row in client.read(f"service-lines/{line.pk}/records/?standing=true")["results"]
    ] == [second.pk]
    page = client.read(f"service-lines/{line.pk}/records/?limit=1")
    assert len(client.read(page["next"])["results"]) == 1
    assert client.get(f"service-lines/{line.pk}/records/?standing=maybe").status_code == 400


def test_alerts_are_read_by_firm_and_bureau(district, api):
    lines = service_list()
    lines[0] |= {"target": 1, "unit_price": 100_000}
    deal = Deal(district, lines=lines)
    deal.performing()
    district.log(posting=deal.posting("east"))
    for who in ("service", "firm_manager"):
        levels = [row["level"] for row in api(who).read(f"line-alerts/?contract={deal.contract.pk}")["results"]]
        assert sorted(levels) == [75, 80, 90, 100]
    alert = LineAlert.objects.first()
    answer = api(district.service).post(
        f"line-alerts/{alert.pk}/leave/", {}, headers={"If-Match": '"v1"', "Idempotency-Key": "a1"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "counted")


class TestAnotherFirm:
    """A firm asks for what is another's: the same answer as for what does not exist, byte for byte but for the address."""

    def same_as_nothing(self, client, address: str, pk: int, missing: int = 99_999_999) -> None:
        here, nowhere = client.get(address.format(pk)), client.get(address.format(missing))
        assert here.status_code == nowhere.status_code == 404, here.content
        assert here.content.replace(str(pk).encode(), b"") == nowhere.content.replace(str(missing).encode(), b"")

    @pytest.mark.parametrize(
        "address",
        [
            "contracts/{}/burn-down/",
            "contracts/{}/burn-down/?format=csv",
            "contracts/{}/burn-down/?format=xlsx",
            "contracts/{}/voice/",
            "/desk/contracts/{}/burn-down/",
            "/desk/contracts/{}/burn-down/?format=xlsx",
        ],
    )
    def test_of_its_contract_it_finds_nothing(self, foreign, api, address):
        self.same_as_nothing(api("firm_manager"), address, foreign.pk)

    @pytest.mark.parametrize("address", ["service-lines/{}/records/", "/desk/lines/{}/records/"])
    def test_of_its_lines_it_finds_nothing(self, foreign, api, address):
        self.same_as_nothing(api("firm_manager"), address, foreign.lines.get(number=1).pk)

    def test_of_its_deliveries_it_finds_nothing(self, district, deal, foreign, api):
        row, client = Delivery.objects.get(contract=foreign), api("firm_manager")
        self.same_as_nothing(client, "deliveries/{}/", row.pk)
        assert move(client, row, line=foreign.lines.get(number=2).pk, reason="x").status_code == 404
        line = foreign.lines.get(number=1)
        for query in (
            f"line={line.pk}",
            f"contract={foreign.pk}",
            f"firm={foreign.firm_id}",
            "ordering=-posted_at",
            "",
        ):
            assert client.read(f"deliveries/?{query}")["results"] == [], query
        assert "他家的戏" not in str(client.read("activities/"))

    def test_each_finds_its_own(self, district, deal, foreign, activity, api):
        own = api("firm_manager").read("deliveries/")["results"]
        assert [row["contract"] for row in own] == [deal.contract.pk]
        others = api("manager2").read("deliveries/")["results"]
        assert [row["contract"] for row in others] == [foreign.pk]

    def test_nothing_is_moved_onto_its_lines(self, district, deal, foreign, activity, api):
        delivery = Delivery.objects.get(contract=deal.contract)
        refused = move(api(district.service), delivery, line=foreign.lines.get(number=1).pk, reason="x")
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "other_contract")


def test_another_town_finds_no_deliveries_of_a_contract_that_does_not_serve_it(district, deal, activity, api):
    for who in ("bureau_admin_elsewhere", "station_head_elsewhere", "town_officer_elsewhere"):
        assert api(who).read("deliveries/")["results"] == []
        assert api(who).get(f"contracts/{deal.contract.pk}/burn-down/").status_code == 404
    assert api("station_head_west").read("deliveries/")["results"] == []
    assert api("station_head_west").get(f"contracts/{deal.contract.pk}/burn-down/").status_code == 200


class TestPages:
    @pytest.mark.parametrize("who", READERS)
    def test_a_card_for_each_line_says_what_is_done_and_left(self, district, deal, activity, signed_in, who):
        page = signed_in(who).get(f"/desk/contracts/{deal.contract.pk}/burn-down/?on=2026-05-20").content.decode()
        assert page.count('class="burn"') == 6
        assert "<strong>1</strong> / 40 activities · 2.5 %" in page
        assert "6 lines behind time" in page
        assert "No resident has answered yet." in page

    def test_a_card_leads_to_the_records_and_these_to_the_log(self, district, deal, activity, signed_in):
        client, line = signed_in(district.firm_manager), deal.contract.lines.get(number=1)
        page = client.get(f"/desk/contracts/{deal.contract.pk}/burn-down/").content.decode()
        assert f'href="/desk/lines/{line.pk}/records/"' in page
        records = client.get(f"/desk/lines/{line.pk}/records/").content.decode()
        assert f'href="/desk/activities/{activity.pk}/"' in records
        assert "送戏进村" in records
        perform(activity, "void", actor=district.station_head_east, at=NOW, comment="误报")
        assert "送戏进村" not in client.get(f"/desk/lines/{line.pk}/records/?standing=true").content.decode()
        assert "Reversed</span>" in client.get(f"/desk/lines/{line.pk}/records/?standing=false").content.decode()

    def test_the_page_of_a_contract_leads_there(self, district, deal, signed_in):
        page = signed_in(district.town_officer_east).get(f"/desk/contracts/{deal.contract.pk}/").content.decode()
        assert f'href="/desk/contracts/{deal.contract.pk}/burn-down/"' in page

    def test_the_admin_reads_and_moves(self, district, deal, activity, signed_in):
        client, row = signed_in(district.service), Delivery.objects.get()
        assert "群众文化活动策划与组织" in client.get("/admin/stewards/delivery/").content.decode()
        page = client.get(f"/admin/stewards/delivery/{row.pk}/change/").content.decode()
        assert "送戏进村" in page
        address, line = f"/admin/stewards/delivery/{row.pk}/move/", deal.contract.lines.get(number=6)
        client.post(address, {"line": line.pk, "reason": ""})
        assert Delivery.objects.count() == 1
        answer = client.post(address, {"line": line.pk, "reason": "属于舞蹈"})
        moved = Delivery.objects.standing().get()
        assert (answer["Location"], moved.line) == (f"/admin/stewards/delivery/{moved.pk}/change/", line)
        assert "Move to another line" not in client.get(f"/admin/stewards/delivery/{row.pk}/change/").content.decode()
        contract = client.get(f"/admin/stewards/contract/{deal.contract.pk}/change/").content.decode()
        assert "Burn-down" in contract
        assert "Residents' voice" in contract or "Residents&#x27; voice" in contract

    def test_an_observer_reads_in_the_admin_and_moves_nothing(self, district, deal, activity, signed_in):
        row = Delivery.objects.get()
        page = signed_in(district.observer).get(f"/admin/stewards/delivery/{row.pk}/change/")
        assert page.status_code == 200
        assert "Move to another line" not in page.content.decode()
        signed_in(district.observer).post(
            f"/admin/stewards/delivery/{row.pk}/move/",
            {"line": deal.contract.lines.get(number=6).pk, "reason": "x"},
        )
        assert Delivery.objects.get().line.number == 1


@pytest.mark.parametrize(
    "address",
    [
        "deliveries/",
        "service-lines/{line}/records/",
        "contracts/{contract}/burn-down/",
        "/desk/contracts/{contract}/burn-down/",
        "/desk/lines/{line}/records/",
        "/admin/stewards/delivery/",
        "/admin/stewards/contract/{contract}/change/",
    ],
)
def test_many_records_ask_no_more_than_few(district, deal, api, address):
    client = api(district.service)
    address = address.format(line=deal.contract.lines.get(number=1).pk, contract=deal.contract.pk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    rows = iter(range(60))
    for _row in range(3):
        district.log(posting=deal.posting("east"), title=f"送戏{next(rows)}")
    asked()
    few = asked()
    for _row in range(26):
        district.log(posting=deal.posting("east"), title=f"送戏{next(rows)}")
    assert asked() == few


def test_what_was_served_to_one_town_is_not_found_by_another(district, api):
    for town in ("west", "elsewhere"):
        list(of_ledger(district, town, f"⟦{town}⟧"))
    for who in ("station_head_east", "town_officer_east"):
        for path in ("deliveries/", "line-alerts/"):
            assert api(who).read(path)["results"] == []
    assert "⟦elsewhere⟧" not in str(api(district.service).read("deliveries/"))
    assert "⟦west⟧" in str(api(district.service).read("deliveries/"))
