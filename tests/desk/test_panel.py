"""Acceptance on the spot as the desk has it: an assessor's visits, the marks he gives, and the door his phone brings them to."""

from __future__ import annotations

import json
import re
import uuid
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.actions import mark_item
from assessments.models import Mark, PanelSeat
from culture_admin.accounts.actions import grant_office
from culture_admin.accounts.roles import Role
from culture_admin.workflow.actions import perform
from tests.assessments.visited import CODES, SAID, sealed, visit, visiting_year
from tests.assessments.years import Year
from tests.district import NOW, OPENED, District

WRONG = ["station_head_east", "town_officer_east", "service", "bureau_leader", "observer", "firm_manager"]


@pytest.fixture
def year(district: District) -> Year:
    return visiting_year(district)


@pytest.fixture
def seat(year: Year, district: District) -> PanelSeat:
    sealed(year, "east")
    return visit(year, "east", district.assessor)


@pytest.fixture
def mine(seat: PanelSeat, sign_in) -> Client:
    return sign_in("assessor")


def address(seat: PanelSeat) -> str:
    return f"/desk/panel/{seat.pk}/"


def entry(seat: PanelSeat, code: str = "1.3", numbers: list[str] | None = None, **more) -> dict[str, object]:
    """A mark as a phone keeps it."""
    found = more.pop("fields", {})
    return {
        "client_uuid": str(uuid.uuid4()),
        "kind": "mark",
        "fields": {"seat": seat.pk, "code": code, "found": "value", "numbers": numbers or ["8"], "note": "", **found},
        "seen": "v0",
        "device_at": NOW.isoformat(),
    } | more


def bring(client: Client, seat: PanelSeat, *records: dict, **more):
    body = {"user": seat.assessor_id, "records": list(records)} | more
    return client.post("/desk/panel/marks/", json.dumps(body), content_type="application/json")


# --- who opens what ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("username", WRONG)
def test_who_is_no_assessor_is_told_who_is(seat, sign_in, username):
    client = sign_in(username)
    for place in ("/desk/panel/", address(seat)):
        answer = client.get(place)
        assert answer.status_code == 403
        assert "Acceptance on the spot: this is for Assessor. Basis:" in answer.content.decode()
    assert bring(client, seat, entry(seat), user=None).status_code in (403, 409)
    assert "/desk/panel/" not in client.get("/desk/").content.decode().replace("/desk/panel/marks/", "")


def test_the_seat_of_another_is_answered_in_the_same_bytes_as_none(year, seat, sign_in, district):
    other = year.assessor("assessor_1")
    theirs = visit(year, "east", other)
    client = sign_in("assessor")
    answers = {
        (answer.status_code, answer.content)
        for key in (theirs.pk, 10**12)
        for answer in (client.get(f"/desk/panel/{key}/"), client.post(f"/desk/panel/{key}/", {"code": "1.3"}))
    }
    assert {status for status, _content in answers} == {404}
    assert len(answers) == 1


def test_nobody_is_shown_what_another_assessor_found_not_even_with_an_office_that_sees_it(
    year, seat, mine, sign_in, district
):
    theirs = visit(year, "east", year.assessor("assessor_1"))
    mark_item(actor=theirs.assessor, seat=theirs, code="1.3", numbers=[Decimal(3)], note="漏水严重", at=NOW)
    grant_office(actor=None, user=seat.assessor, role=Role.SERVICE, unit=district.bureau, valid_from=OPENED)
    assert mine.get(f"/desk/panel/{theirs.pk}/").status_code == 404
    for place in ("/desk/panel/", address(seat)):
        text = mine.get(place).content.decode()
        assert "漏水严重" not in text
        assert "assessor_1" not in text


def test_an_assessor_finds_his_visits_first_and_in_the_menu(seat, mine):
    today, more, panel = (mine.get(place).content.decode() for place in ("/desk/", "/desk/more/", "/desk/panel/"))
    assert today.index('aria-labelledby="visits"') < today.index('aria-labelledby="month"')
    for text in (today, more):
        assert 'href="/desk/panel/"' in text
    for text in (today, panel):
        assert f'href="{address(seat)}"' in text
        assert "0/6" in text


# --- the page of one town ---------------------------------------------------------------------------------------------


def test_the_page_says_the_rule_what_the_town_says_and_shows_its_files(seat, mine):
    text = mine.get(address(seat)).content.decode()
    assert "from 8 on 10 points; from 6 on 7 points; from 4 on 4 points" in text
    assert "1.3 见附件" in text
    assert "平面图.jpg" in text
    assert "文化活动" not in text
    file = next(word for word in text.split('"') if word.startswith("/desk/photos/"))
    assert mine.get(file).status_code == 200


@pytest.mark.parametrize(
    ("code", "said", "numbers", "found"),
    [
        ("1.1", {"answer": "0"}, [0], "value"),
        ("1.2", {"answer": "2"}, [2], "value"),
        ("1.3", {"number_1": "7"}, [7], "value"),
        ("2.1", {"number_1": "4.5"}, [Decimal("4.5")], "value"),
        ("2.2", {f"number_{number}": "90" for number in range(1, 5)}, [90] * 4, "value"),
        ("2.3", {"number_1": "12", "number_3": "15"}, [12, 15], "value"),
        ("1.1", {"answer": "not_applicable"}, [], "not_applicable"),
        ("1.3", {"not_applicable": "on"}, [], "not_applicable"),
    ],
)
def test_every_kind_of_value_is_entered_by_its_own_form_without_scripts(seat, mine, code, said, numbers, found):
    answer = mine.post(address(seat), {"code": code, "version": "0", "note": "二楼", **said})
    assert answer["Location"] == f"{address(seat)}#mark-{CODES.index(code) + 1}"
    mark = Mark.objects.get()
    assert (mark.code, mark.numbers, mark.found, mark.note) == (code, numbers, found, "二楼")
    text = mine.get(address(seat)).content.decode()
    assert "<b data-scored>1</b>" in text


@pytest.mark.parametrize(
    ("code", "said", "told"),
    [
        ("2.1", {"number_1": "5.5"}, "5.5 is more than the 5"),
        ("1.3", {"number_1": ""}, "Write a number, or say that it does not apply."),
        ("1.3", {"number_1": "many"}, "Enter a number."),
        ("1.3", {"number_1": "-2"}, "not below 0"),
        ("2.2", {"number_1": "90"}, "Expected 4 numbers."),
        ("1.1", {"answer": "2"}, "is not one of the available choices"),
        ("1.3", {"number_1": "3", "not_applicable": "on"}, "A number stands where a value is said."),
    ],
)
def test_what_cannot_be_is_told_beside_its_indicator(seat, mine, code, said, told):
    answer = mine.post(address(seat), {"code": code, "version": "0", **said})
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not Mark.objects.exists()


def test_without_scripts_too_a_second_device_is_told_and_may_insist(seat, mine):
    mark_item(actor=seat.assessor, seat=seat, code="1.3", numbers=[Decimal(7)], at=NOW)
    answer = mine.post(address(seat), {"code": "1.3", "version": "0", "number_1": "5"})
    text = answer.content.decode()
    assert "changed since you looked at it" in text
    assert Mark.objects.get().numbers == [7]
    assert 'name="version" value="1"' in text
    assert mine.post(address(seat), {"code": "1.3", "version": "1", "number_1": "5"}).status_code == 302
    assert Mark.objects.get().numbers == [5]


def test_finishing_is_grey_with_what_is_missing_until_nothing_is(seat, mine):
    text = mine.get(address(seat)).content.decode()
    assert "Not scored yet: 1.1, 1.2, 1.3, 2.1, 2.2, 2.3." in text
    for code, numbers in SAID.items():
        mark_item(actor=seat.assessor, seat=seat, code=code, numbers=[Decimal(one) for one in numbers], at=NOW)
    assert "Not scored yet" not in mine.get(address(seat)).content.decode()
    assert mine.post(address(seat), {"step": "finish", "version": seat.version})["Location"] == "/desk/panel/"
    text = mine.get(address(seat)).content.decode()
    assert "You have finished here." in text
    assert '<form method="post" action="#mark-1"' not in text
    assert mine.post(address(seat), {"code": "1.3", "version": "1", "number_1": "5"}).status_code == 200
    assert Mark.objects.get(code="1.3").numbers == [8]


def test_standing_back_asks_for_a_reason(seat, mine):
    answer = mine.post(address(seat), {"step": "recuse", "version": seat.version, "comment": ""})
    assert answer.status_code == 200
    said = {"step": "recuse", "version": seat.version, "comment": "我哥哥在该镇任职"}
    assert mine.post(address(seat), said).status_code == 302
    seat.refresh_from_db()
    assert seat.state == "recused"
    assert "Stood back" in mine.get("/desk/panel/").content.decode()


def test_pages_ask_the_same_number_of_questions_for_few_rows_and_for_many(year, seat, mine, district):
    def questions(place: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert mine.get(place).status_code == 200
        return len(captured)

    sealed(year, "west")
    places = ("/desk/", "/desk/panel/", address(seat))
    for place in places:
        questions(place)
    few = [questions(place) for place in places]
    visit(year, "west", district.assessor)
    for code, numbers in SAID.items():
        mark_item(actor=seat.assessor, seat=seat, code=code, numbers=[Decimal(one) for one in numbers], at=NOW)
    assert [questions(place) for place in places] == few


# --- the door of the queue --------------------------------------------------------------------------------------------


def test_marks_that_are_brought_twice_are_kept_once_and_given_the_same_receipt(seat, mine):
    record = entry(seat)
    first, second = (bring(mine, seat, record).json() for _time in range(2))
    (receipt,) = first["receipts"]
    assert (receipt["client_uuid"], receipt["seat"], receipt["etag"]) == (record["client_uuid"], seat.pk, '"v1"')
    told = {name: value for name, value in receipt.items() if name != "received_at"}
    assert {name: value for name, value in second["receipts"][0].items() if name != "received_at"} == told
    mark = Mark.objects.get()
    assert (mark.numbers, mark.marked_at, str(mark.client_uuid)) == ([8], NOW, record["client_uuid"])


def test_what_is_refused_stops_nothing_else_and_says_why(year, seat, mine, district):
    theirs = visit(year, "east", year.assessor("assessor_1"))
    refused = {
        "above_maximum": entry(seat, "2.1", ["5.5"]),
        "not_on_site": entry(seat, "1.4", ["5"]),
        "not_found": entry(theirs),
        "amount_format": entry(seat, "1.3", [8]),
        "invalid_choice": entry(seat) | {"kind": "log"},
        "unknown_field": entry(seat) | {"colour": "red"},
    }
    answer = bring(mine, seat, *refused.values(), entry(seat, "1.1", ["1"])).json()
    assert [told["code"] for told in answer["refusals"]] == list(refused)
    assert all(told["message"] for told in answer["refusals"])
    assert [mark.code for mark in Mark.objects.all()] == ["1.1"]


def test_a_mark_that_was_changed_on_another_device_is_answered_with_both(seat, mine):
    mark_item(actor=seat.assessor, seat=seat, code="1.2", numbers=[Decimal(2)], note="院子", at=NOW)
    mark_item(actor=seat.assessor, seat=seat, code="1.2", numbers=[Decimal(3)], note="院子", seen=1, at=NOW)
    (refusal,) = bring(mine, seat, entry(seat, "1.2", ["1"], seen="v1")).json()["refusals"]
    assert refusal["now"] | {"id": 0} == {"id": 0, "etag": '"v2"', "found": "value", "numbers": ["3"], "note": "院子"}
    assert refusal["mine_as"] == "mark"
    assert [(row["field"], row["saw"], row["now"], row["yours"]) for row in refusal["compared"]] == [
        ("found", "中", "好", "差") if refusal["compared"][0]["now"] == "好" else ("found", "Fair", "Good", "Poor"),
        ("note", "院子", "院子", "—"),
    ]
    perform_all = entry(seat, "1.2", ["1"], seen='"v2"')
    assert bring(mine, seat, perform_all).json()["receipts"]


def test_after_he_has_stood_back_what_comes_from_his_phone_is_refused(seat, mine):
    perform(seat, "recuse", actor=seat.assessor, comment="亲属", at=NOW)
    (refusal,) = bring(mine, seat, entry(seat)).json()["refusals"]
    assert refusal["code"] == "illegal_transition"


def test_a_queue_that_was_saved_as_a_file_brings_its_marks_too(seat, mine):
    told = {
        "format": "culture-desk-queue",
        "version": 1,
        "user": seat.assessor_id,
        "records": [entry(seat, "1.1", ["1"]), entry(seat, "2.1", ["5.5"])],
    }
    file = SimpleUploadedFile("queue.json", json.dumps(told).encode(), "application/json")
    text = mine.post("/desk/queue/", {"file": file}).content.decode()
    assert f'<a href="{address(seat)}">1.1</a>' in text
    assert re.search(r"<strong>2.1</strong>: .*5.5.*5", text)
    assert [mark.code for mark in Mark.objects.all()] == ["1.1"]


def test_the_queue_of_somebody_else_is_not_taken(seat, mine, district):
    answer = bring(mine, seat, entry(seat), user=district.service.pk)
    assert (answer.status_code, answer.json()["code"]) == (409, "other_user")


@pytest.mark.parametrize(
    "body", ["[]", "{}", '{"records": []}', '{"records": [1]}', '{"records": {"a": 1}}', '{"user": 1, "x": 2}', "{"]
)
def test_a_body_that_is_no_queue_is_refused_in_json(seat, mine, body):
    answer = mine.post("/desk/panel/marks/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_without_the_token_of_the_page_the_phone_is_told_to_sign_in_again(seat, district):
    client = Client(enforce_csrf_checks=True)
    client.force_login(district.assessor, backend="django.contrib.auth.backends.ModelBackend")
    answer = bring(client, seat, entry(seat))
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")


def test_the_door_leads_whoever_opens_it_to_his_visits(mine):
    assert mine.get("/desk/panel/marks/")["Location"] == "/desk/panel/"
