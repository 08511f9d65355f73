"""The desk and the doors under junk: every answer is a page, nothing is half written, nothing foreign is taken."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from activities.actions import register_team
from activities.models import Activity, Team
from tests.district import PASSWORD

JUNK = ["\x00", "\ud800", "9" * 40, "-1", "１", "1e3", "NaN", "'; DROP TABLE x; --", "{{7*7}}", "\u202e", "字" * 5000]


@pytest.fixture
def head(pages, district):
    return pages(district.station_head_east)


@pytest.fixture
def entry(district) -> dict[str, object]:
    return {
        "title": "邻里节演出",
        "kind": district.kind("PERF").pk,
        "begins_on": timezone.localdate().isoformat(),
        "attendance": "120",
        "client_uuid": str(uuid.uuid4()),
    }


LOGS = [
    ("kind", ["", "x", "0", "-1", "9" * 40, "\x00", "PERF"]),
    ("begins_on", ["", "0000-01-01", "2024-02-30", "9999-12-31", "1979-12-31", "昨天", "45292", "\x00", "99999-01-01"]),
    ("ends_on", ["2024-02-30", "9999-12-31", "0001-01-01", "x"]),
    ("begins_time", ["24:00", "25:00", "6 pm", "\x00", "-1:00"]),
    ("attendance", ["1e3", "-1", "12.5", "NaN", "十二", "99999999999999999999", "\x00"]),
    ("online_attendance", ["-1", "x", "10000000000"]),
    ("title", ["", " \u3000", "\u200b", "a\u202eb", "a\x00b", "\x07", "字" * 201, "一\n二", "a" + "\u0301" * 9]),
    ("venue", ["\u202e", "字" * 101]),
    ("note", ["\u202e", "字" * 2001, "\x00"]),
    ("village", ["x", "9" * 40, "\x00", "-1"]),
    ("genre", ["x", "9" * 40]),
    ("team", ["x", "9" * 40]),
    ("posting", ["x", "9" * 40]),
    ("client_uuid", ["", "x", "\x00", "0f8fad5b"]),
    ("device_at", ["x", "9999-99-99", "\x00", "0001-01-01 00:00", "9999-12-31 23:59"]),
]


def test_an_entry_that_cannot_be_is_refused_at_its_field(head, entry, nothing_written):
    for field, values in LOGS:
        for value in values:
            answer = head.post("/desk/log/", entry | {field: value})
            assert answer.status_code == 200, (field, value[:30])
            assert list(answer.context["form"].errors) == [field], (field, value[:30])


def test_class_hours_are_a_plain_number(head, entry, district, nothing_written):
    session = entry | {"kind": district.kind("TRNG").pk}
    for hours in ("x", "-1", "1e400", "NaN", "Infinity", "1.234", "99999999", "\x00"):
        answer = head.post("/desk/log/", session | {"class_hours": hours})
        assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["class_hours"]), hours


def test_a_row_of_another_station_can_be_named_nowhere(head, entry, district, nothing_written):
    team = register_team(actor=district.station_head_west, at=district.now, station=district.west, name="西街合唱团")
    own, foreign = district.log(), district.log(district.west)
    village = district.town("west").children.get()
    nothing_written()
    named = {"team": team.pk, "posting": district.posting("west").pk, "village": village.pk}
    for field, key in named.items():
        for address in ("/desk/log/", f"/desk/activities/{own.pk}/correct/"):
            answer = head.post(address, entry | {field: key, "version": own.version})
            assert list(answer.context["form"].errors) == [field], (address, field)
    answer = head.post("/desk/teams/add/", {"name": "东镇队", "posting": district.posting("west").pk})
    assert list(answer.context["form"].errors) == ["posting"]
    for address in (f"activities/{foreign.pk}/correct/", f"teams/{team.pk}/change/", f"teams/{team.pk}/"):
        assert head.post(f"/desk/{address}", entry | {"version": 1, "name": "x", "step": "void"}).status_code == 404


def test_the_client_id_of_another_stations_log_does_not_open_it(head, entry, district):
    foreign = district.log(district.west, client_uuid=uuid.UUID(entry["client_uuid"]))
    answer = head.post("/desk/log/", entry)
    assert answer.status_code in (200, 409)
    assert f"activities/{foreign.pk}/" not in answer.content.decode()
    assert Activity.objects.count() == 1


STEPS = [
    {},
    {"step": "void"},
    {"step": "void", "version": "x", "comment": "x"},
    {"step": "void", "version": "9" * 40, "comment": "x"},
    {"step": "void", "version": "0", "comment": "x"},
    {"step": "void", "version": "1", "comment": "\x00"},
    {"step": "void", "version": "1", "comment": "字" * 2001},
    {"step": "delete", "version": "1", "comment": "x"},
    {"step": "confirm", "version": "1"},
    {"step": "\x00", "version": "1"},
    {"step": "__class__", "version": "1"},
    {"step": "v" * 5000, "version": "1"},
]


@pytest.mark.parametrize("kind", ["activities", "teams"])
def test_a_step_that_cannot_be_taken_is_refused(head, district, nothing_written, kind):
    record = (
        district.log()
        if kind == "activities"
        else register_team(actor=district.station_head_east, at=district.now, station=district.east, name="东镇队")
    )
    nothing_written()
    for body in STEPS:
        answer = head.post(f"/desk/{kind}/{record.pk}/", {"x": "1"} | body)
        assert answer.status_code in (200, 400, 404, 409), body
        record.refresh_from_db()
        assert record.version == 1, body


def test_a_teams_file_is_checked(head, district, nothing_written):
    wrong = {
        "name": ["", "\u202e", "字" * 101, "\x00"],
        "members": ["-1", "x", "9" * 40, "1.5"],
        "founded_on": ["2024-02-30", "9999-12-31", "\x00"],
        "genre": ["x", "9" * 40],
        "leader": ["字" * 61, "\u200b"],
    }
    for field, values in wrong.items():
        for value in values:
            answer = head.post("/desk/teams/add/", {"name": "东镇越剧团", field: value})
            assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field]), (field, value[:20])
    assert not Team.objects.exists()


QUESTIONS = [
    "activities/?from=2024-02-30", "activities/?from=2024-05-02&to=2024-05-01", "activities/?station=x", "activities/?state=gone",
    "activities/?team=-1", "activities/?q=%00", "activities/?q=%ff", "activities/?q=%zz", "activities/?state=%00",
    "activities/?cursor=%F0%9F%98%80", "activities/?state=confirmed&state=void", "teams/?on=x", "teams/?page=2",
    "numbers/?by=week", "numbers/?year=0", "numbers/?year=99999", "numbers/?year=1900", "numbers/?year=%EF%BC%91",
    "log/?station=x", "log/?like=-1", "log/?like=99999999999999999999", "log/?colour=red", "teams/add/?station=%00",
    "imports/?state=done", "imports/?x=1", "confirm/?ticked=some", "confirm/?x=1",
]  # fmt: skip


def test_a_page_refuses_a_question_it_does_not_understand(head, district, nothing_written):
    district.log()
    nothing_written()
    for question in QUESTIONS:
        answer = head.get(f"/desk/{question}")
        assert answer.status_code == 400, question
        assert answer["Content-Type"].startswith("text/html"), question


def test_junk_in_every_field_of_every_form_is_no_fault_of_ours(head, district, nothing_written):
    activity = district.log()
    team = register_team(actor=district.station_head_east, at=district.now, station=district.east, name="东镇队")
    nothing_written()
    forms = ["log/", f"activities/{activity.pk}/correct/", "teams/add/", f"teams/{team.pk}/change/"]
    for address in forms:
        form = head.get(f"/desk/{address}").context["form"]
        for junk in JUNK:
            sent = junk.encode("utf-8", "surrogatepass").decode("latin-1") if junk == "\ud800" else junk
            answer = head.post(f"/desk/{address}", dict.fromkeys(form.fields, sent))
            assert answer.status_code == 200, (address, junk[:20])
            assert answer.context["form"].errors


def test_no_page_of_the_desk_takes_another_method(head, district):
    for page in ("", "log/", "activities/", "confirm/", "teams/", "numbers/", "imports/"):
        for method in ("PUT", "PATCH", "DELETE", "TRACE"):
            assert head.generic(method, f"/desk/{page}").status_code == 405, (page, method)


def test_a_form_without_its_token_is_refused_with_what_to_do(district):
    from django.test import Client

    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.force_login(district.station_head_east, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/desk/log/", {"title": "x"})
    assert answer.status_code == 403
    assert "reload" in answer.content.decode().lower()
    answer = client.post("/api/v1/activities/", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")


@pytest.mark.parametrize("token", ["x", "%00", "a" * 5000, "%F0%9F%98%80", "..%2F"])
def test_a_made_up_welcome_is_answered_in_one_way(client, district, nothing_written, token):
    entered = {"password": "a-long-and-odd-sentence", "again": "a-long-and-odd-sentence"}
    answer = client.post(f"/welcome/{token}/", entered)
    assert answer.status_code in (200, 404)
    if answer.status_code == 200:
        assert answer.context["form"].non_field_errors()


@pytest.mark.parametrize(
    "entered",
    [
        {},
        {"username": "x"},
        {"password": PASSWORD},
        {"username": "\ufeff", "password": "x"},
        {"username": "a" * 10**5, "password": "\x00"},
    ],
)
def test_a_sign_in_without_its_halves_opens_nothing(client, district, nothing_written, entered):
    assert client.post("/login/", entered | {"next": "//evil.example"}).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("language", ["", "xx", "\x00", "../../en", "e" * 5000])
def test_an_unknown_language_is_the_first_one(client, db, language):
    answer = client.post("/language/", {"language": language, "next": "/login/"})
    assert answer.status_code == 302
    assert answer.cookies["django_language"].value == "zh-hans"
