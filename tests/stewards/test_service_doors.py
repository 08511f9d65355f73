"""Postings, days on duty, absences and orders through the API: what each may do, and what it is told."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from culture_admin.accounts.actions import grant_office, issue_account
from culture_admin.accounts.roles import Role
from culture_admin.workflow.actions import perform
from stewards.actions import add_firm, add_steward, log_duty, place_order, propose_posting, request_absence
from stewards.models import Absence, DutyDay, Posting, ServiceOrder
from tests.clock import in_days
from tests.district import OPENED
from tests.stewards.deals import Deal

V1 = "/api/v1"


@pytest.fixture
def deal(district) -> Deal:
    deal = Deal(district, headcount=40, ends_on=date(2029, 2, 28))
    deal.performing()
    return deal


@pytest.fixture
def rival(district):
    """The manager of another firm of the county."""
    firm = add_firm(actor=None, division=district.county, name_zh="弦歌文化公司", uscc="91990101MA2ABCDF07")
    user = issue_account(actor=None, username="rival", name="rival")
    grant_office(actor=None, user=user, role=Role.FIRM_MANAGER, unit=firm.unit, valid_from=OPENED)
    return user


def test_a_firm_proposes_through_the_api_and_the_bureau_enters_directly(deal, district, post, step):
    third = add_steward(actor=None, firm=district.firm, name="李弦")
    body = {
        "steward": third.pk, "station": district.east.pk, "contract": deal.contract.pk, "valid_from": str(in_days(10)),
        "town_days": 4, "district_days": 1,
    }  # fmt: skip
    told = post("firm_manager", f"{V1}/postings/", body)
    assert told.status_code == 201, told.json()
    assert told.json()["state"] == "proposed"
    address = f"{V1}/postings/{told.json()['id']}/"
    assert step("town_officer_east", address, "consent").status_code == 200
    assert step("service", address, "confirm").json()["state"] == "confirmed"
    fourth = add_steward(actor=None, firm=district.firm, name="周笛")
    direct = post("service", f"{V1}/postings/", body | {"steward": fourth.pk})
    assert direct.json()["state"] == "confirmed"


def test_the_api_says_by_field_why_a_posting_is_refused(deal, district, post):
    third = add_steward(actor=None, firm=district.firm, name="李弦")
    body = {"steward": third.pk, "station": district.east.pk, "contract": deal.contract.pk, "valid_from": "2029-06-01"}
    told = post("firm_manager", f"{V1}/postings/", body)
    assert told.status_code == 400
    assert [(fault["pointer"], fault["code"]) for fault in told.json()["errors"]] == [("/valid_from", "outside_term")]
    missing = post("firm_manager", f"{V1}/postings/", {k: v for k, v in body.items() if k != "contract"})
    assert missing.json()["errors"][0]["pointer"] == "/contract"


def test_a_steward_is_replaced_and_hands_over_through_the_api(deal, district, api, post, step):
    third = add_steward(actor=None, firm=district.firm, name="李弦")
    address = f"{V1}/postings/{deal.posting('east').pk}/"
    etag = api("firm_manager").get(address).headers["ETag"]
    said = {"steward": third.pk, "on": str(in_days(10)), "note": "休产假"}
    told = post("firm_manager", f"{address}replace/", said, **{"If-Match": etag})
    assert told.status_code == 201, told.json()
    new = f"{V1}/postings/{told.json()['id']}/"
    assert told.headers["Location"].endswith(new)
    step("town_officer_east", new, "consent")
    step("bureau_admin", new, "confirm")
    etag = api("firm_manager").get(new).headers["ETag"]
    done = post("firm_manager", f"{new}hand-over/", {"note": "移交钥匙与台账"}, **{"If-Match": etag})
    assert done.json()["handover_note"] == "移交钥匙与台账"


def test_a_steward_sends_many_days_at_once_and_each_once(deal, district, post):
    posting = deal.posting("east")
    rows = [
        {"posting": posting.pk, "day": str(in_days(-days)), "client_uuid": str(uuid.uuid4())} for days in (1, 2, -1, 3)
    ]
    told = post("steward_east", f"{V1}/duty-days/bulk/", {"mode": "per_row", "rows": rows})
    assert told.status_code == 200, told.json()
    assert DutyDay.objects.count() == 3
    again = post("steward_east", f"{V1}/duty-days/bulk/", {"mode": "atomic", "rows": rows[:2]})
    assert again.status_code in (200, 201), again.json()
    assert DutyDay.objects.count() == 3


def test_a_station_confirms_many_days_through_the_api(deal, district, post):
    posting = deal.posting("east")
    for days in (1, 2, 3):
        post("steward_east", f"{V1}/duty-days/", {"posting": posting.pk, "day": str(in_days(-days))})
    logged = DutyDay.objects.values_list("pk", "version")
    body = {"step": "confirm", "records": [{"id": pk, "etag": f'"v{version}"'} for pk, version in logged]}
    told = post("station_head_east", f"{V1}/duty-days/steps/", body)
    assert told.status_code == 200, told.json()
    assert DutyDay.objects.counted().count() == 3


def test_absences_are_asked_for_by_the_steward_and_noted_by_the_station(deal, district, post, step):
    posting = deal.posting("east")
    body = {"posting": posting.pk, "first": str(in_days(-1)), "last": str(in_days(-1)), "reason": "看病"}
    asked = post("steward_east", f"{V1}/absences/", body | {"kind": "sick"})
    assert asked.json()["state"] == "requested", asked.json()
    assert step("station_head_east", f"{V1}/absences/{asked.json()['id']}/", "refuse", "无病历").status_code == 200
    noted = post("station_head_east", f"{V1}/absences/", body)
    assert noted.json()["state"] == "noted"


def test_a_town_orders_and_the_firm_agrees_to_another_day(deal, district, api, post):
    body = {
        "line": deal.line("activities").pk, "station": district.east.pk, "quantity": "2", "what": "越剧专场",
        "wanted_on": str(in_days(10)),
    }  # fmt: skip
    told = post("town_officer_east", f"{V1}/service-orders/", body)
    assert told.status_code == 201, told.json()
    address = f"{V1}/service-orders/{told.json()['id']}/"
    etag = api("firm_manager").get(address).headers["ETag"]
    stale = post("firm_manager", f"{address}agree/", {"agreed_on": str(in_days(11))}, **{"If-Match": '"v9"'})
    assert stale.status_code == 412
    agreed = post("firm_manager", f"{address}agree/", {"agreed_on": str(in_days(11))}, **{"If-Match": etag})
    assert (agreed.json()["state"], agreed.json()["agreed_on"]) == ("agreed", str(in_days(11)))


@pytest.fixture
def filed(deal, district) -> dict[str, object]:
    """One record of each kind, of the firm."""
    posting, firm = deal.posting("east"), district.firm_manager
    third = add_steward(actor=None, firm=district.firm, name="李弦")
    return {
        "postings": propose_posting(
            actor=firm, steward=third, station=district.east, contract=deal.contract, valid_from=in_days(10)
        ),
        "duty-days": log_duty(actor=firm, posting=posting, day=in_days(-2)),
        "absences": request_absence(
            actor=firm, posting=posting, kind="leave", first=in_days(-1), last=in_days(-1), reason="回乡"
        ),
        "service-orders": place_order(
            actor=district.station_head_east, line=deal.line("works"), station=district.east, quantity=1, what="村歌",
            wanted_on=in_days(11),
        ),
    }  # fmt: skip


@pytest.mark.parametrize("collection", ["postings", "duty-days", "absences", "service-orders"])
def test_another_firm_sees_nothing_by_id_filter_or_order(filed, rival, api, district, collection):
    record = filed[collection]
    mine = api("firm_manager").get(f"{V1}/{collection}/")
    assert record.pk in {row["id"] for row in mine.json()["results"]}
    other = api(rival.username)
    assert other.get(f"{V1}/{collection}/{record.pk}/").status_code == 404
    for query in ("", f"?firm={district.firm.pk}", "?ordering=pk", f"?station={district.east.pk}"):
        answer = other.get(f"{V1}/{collection}/{query}")
        assert answer.status_code == 400 or answer.json()["results"] == [], query
    sheet = other.get(f"{V1}/{collection}/?format=csv")
    assert record.station.name not in sheet.content.decode(errors="replace")


@pytest.mark.parametrize("collection", ["postings", "duty-days", "absences", "service-orders"])
def test_another_firm_files_nothing_on_what_is_not_its_own(filed, deal, rival, post, district, collection):
    before = [model.objects.count() for model in (Posting, DutyDay, Absence, ServiceOrder)]
    posting = filed["duty-days"].posting
    bodies = {
        "postings": {
            "steward": posting.steward_id, "station": district.east.pk, "contract": deal.contract.pk, "valid_from": str(in_days(10)),
        },
        "duty-days": {"posting": posting.pk, "day": str(in_days(-8))},
        "absences": {"posting": posting.pk, "first": str(in_days(-8)), "last": str(in_days(-8)), "reason": "x"},
        "service-orders": {
            "line": deal.line("works").pk, "station": district.east.pk, "quantity": "1", "what": "x", "wanted_on": str(in_days(10)),
        },
    }  # fmt: skip
    assert post(rival.username, f"{V1}/{collection}/", bodies[collection]).status_code in (400, 403)
    assert [model.objects.count() for model in (Posting, DutyDay, Absence, ServiceOrder)] == before


@pytest.mark.parametrize("collection", ["postings", "duty-days", "absences", "service-orders"])
@pytest.mark.parametrize("who", ["firm_manager", "station_head_east", "service"])
def test_a_collection_asks_as_many_questions_for_thirty_records_as_for_three(deal, district, api, collection, who):
    posting, firm = deal.posting("east"), district.firm_manager

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            day = in_days(number)
            steward = add_steward(actor=None, firm=district.firm, name=f"管家{number}")
            proposed = propose_posting(
                actor=firm, steward=steward, station=district.east, contract=deal.contract, valid_from=in_days(10)
            )
            perform(proposed, "consent", actor=district.town_officer_east)
            log_duty(actor=firm, posting=posting, day=in_days(-number - 1))
            request_absence(actor=firm, posting=posting, kind="leave", first=day, last=day, reason="事假")
            place_order(
                actor=district.station_head_east, line=deal.line("class_hours"), station=district.east, quantity=1,
                what="课", wanted_on=in_days(10),
            )  # fmt: skip

    asked = []
    for first, last in ((0, 3), (3, 30)):
        fill(first, last)
        client = api(who)
        client.get(f"{V1}/{collection}/?limit=50")
        with CaptureQueriesContext(connection) as questions:
            assert len(client.get(f"{V1}/{collection}/?limit=50").json()["results"]) >= last
        asked.append(len(questions))
    assert asked[0] == asked[1], asked
