"""Duties and notices through page and API: whose they are, in which order, and the same numbers at every door."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from activities.actions import register_team
from culture_admin.workflow.actions import lapse, owe, perform, prefer, recompute, settle
from culture_admin.workflow.models import DUTIES, Contact, Deadline, Message, Notice, Preference
from tests.district import NOW, TODAY


def client_of(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def mine(codes) -> list[str]:
    """Without what the file of a station owes of itself."""
    return [code for code in codes if not code.startswith("stations.")]


@pytest.fixture
def duties(district) -> dict[str, Deadline]:
    """Of the east station: overdue, due soon, due later, settled and lapsed; one of the bureau and one of the west."""
    today = timezone.localdate()

    def one(unit, name, days, **subject):
        return owe(
            unit, code=name, label=name, basis="法", opened_on=today, due_on=today + timedelta(days=days), **subject
        )

    east = district.east.unit
    found = {name: one(east, name, days) for name, days in (("late", -9), ("soon", 3), ("later", 20))}
    found["settled"] = one(east, "settled", -2, subject=district.east)
    settle(district.east, "settled", at=NOW)
    found["lapsed"] = one(east, "lapsed", -1, subject=district.log())
    lapse([found["lapsed"].subject], at=NOW)
    found["bureau"] = one(district.bureau, "bureau", 1)
    found["west"] = one(district.west.unit, "west", 2)
    return found


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_kind_of_duty_is_called_differently_in_every_language(language):
    with translation.override(language):
        names = Counter(str(duty.name) for duty in DUTIES.values())
    assert "" not in names
    assert names.most_common(1)[0][1] == 1


def test_every_kind_of_duty_has_a_name_of_its_own_by_which_lists_are_narrowed(district):
    names = [str(duty.name) for duty in DUTIES.values()]
    assert all(names)
    assert len({*names}) == len(names)
    page = client_of(district.bureau_admin).get("/admin/workflow/deadline/").content.decode()
    assert all(f"?code={code}" in page for code in DUTIES)


def test_the_bureau_sees_what_is_overdue_first_and_what_is_settled_last(district, duties):
    rows = client_of(district.bureau_admin).get("/admin/workflow/deadline/").context["cl"].result_list
    codes = ["late", "bureau", "west", "soon", "later", "settled", "lapsed"]
    assert mine(row.code for row in rows) == codes


def test_the_first_page_tells_what_the_bureau_owes_itself_from_what_others_owe(district, duties):
    shown = client_of(district.bureau_admin).get("/admin/tasks/").context
    assert [one.code for one in shown["deadlines"]] == ["bureau"]
    assert mine(one.code for one in shown["deadlines_of_others"]) == ["late", "west", "soon", "later"]
    shown = client_of(district.observer).get("/admin/").context
    assert (shown["deadlines"], "bureau" in [one.code for one in shown["deadlines_of_others"]]) == ([], True)


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("standing=overdue", ["late"]),
        ("standing=soon", ["bureau", "west", "soon"]),
        ("standing=open", ["late", "bureau", "west", "soon", "later"]),
        ("standing=settled", ["settled"]),
        ("standing=lapsed", ["lapsed"]),
    ],
)
def test_page_and_api_narrow_alike(district, duties, asked, codes):
    client = client_of(district.bureau_admin)
    rows = client.get(f"/admin/workflow/deadline/?{asked}").context["cl"].result_list
    answer = client.get(f"/api/v1/deadlines/?{asked}").json()["results"]
    desk = client.get(f"/desk/duties/?{asked}").context["duties"]
    told = [[row.code for row in rows], [row["code"] for row in answer], [duty.code for duty, _stands in desk]]
    assert [mine(door) for door in told] == [codes] * 3


def test_the_bureau_narrows_by_who_owes_and_takes_the_list_away_as_a_sheet(district, duties):
    client = client_of(district.bureau_admin)
    rows = client.get("/admin/workflow/deadline/?debtor=bureau").context["cl"].result_list
    assert [row.code for row in rows] == ["bureau"]
    sheet = client.get("/admin/workflow/deadline/export.csv?standing=overdue").content.decode("utf-8-sig")
    assert "late" in sheet
    assert "later" not in sheet


def test_my_duties_are_those_of_my_offices(district, duties):
    def codes(user, query=""):
        return mine(duty.code for duty, _stands in client_of(user).get(f"/desk/duties/{query}").context["duties"])

    assert codes(district.station_head_east) == ["late", "soon", "later"]
    assert codes(district.bureau_admin, "?mine=true&standing=open") == ["bureau"]
    assert codes(district.town_officer_west) == ["west"]
    answer = client_of(district.bureau_admin).get("/api/v1/deadlines/?mine=true").json()["results"]
    assert [row["code"] for row in answer] == ["bureau"]


def test_the_bureaus_pages_tell_what_is_the_readers_to_meet_from_what_others_owe(district, duties):
    today = timezone.localdate()
    owe(district.bureau, code="stewards.payment", label="付款", opened_on=today, due_on=today + timedelta(days=25))

    def told(user, page):
        context = client_of(user).get(page).context
        return [mine(duty.code for duty in context[part]) for part in ("deadlines", "deadlines_of_others")]

    others = ["late", "west", "soon", "later"]
    for page in ("/admin/", "/admin/tasks/"):
        assert told(district.finance, page) == [["bureau", "stewards.payment"], others]
        assert told(district.service, page) == [["bureau"], [*others, "stewards.payment"]]
        assert told(district.observer, page)[0] == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("standing=never", "invalid_choice"),
        ("due_from=yesterday", "date_format"),
        ("due_from=2026-05-02&due_to=2026-05-01", "range_reversed"),
        ("mine=perhaps", "invalid_choice"),
        ("colour=red", "unknown_parameter"),
    ],
)
def test_a_question_about_duties_that_makes_no_sense_is_a_400_at_both_doors(district, asked, code):
    client = client_of(district.bureau_admin)
    assert client.get(f"/api/v1/deadlines/?{asked}").json()["code"] == code
    assert client.get(f"/desk/duties/?{asked}").status_code == 400


def test_the_calendar_tells_the_duties_of_a_day_by_kind_and_leads_to_them(district):
    today = timezone.localdate()
    for unit in (district.east.unit, district.west.unit):
        owe(unit, code="report", label="季度总结", opened_on=today, due_on=today)
    owe(district.east.unit, code="other", label="答复来信", opened_on=today, due_on=today)
    client = client_of(district.bureau_admin)
    page = client.get("/desk/duties/calendar/")
    (day,) = [day for day in page.context["days"] if day.entries]
    assert [(day.on, entry.label, entry.number, entry.open) for entry in day.entries] == [
        (today, "季度总结", 2, 2),
        (today, "答复来信", 1, 1),
    ]
    assert [duty.label for duty, _stands in client.get(day.entries[0].address).context["duties"]] == ["季度总结"] * 2
    assert "季度总结" not in client_of(district.registrar).get("/desk/duties/calendar/?mine=true").content.decode()
    assert client.get("/desk/duties/calendar/?on=1900-01-01").status_code == 400


def test_the_calendar_asks_as_little_for_many_duties_as_for_few(district):
    today = timezone.localdate()
    client = client_of(district.bureau_admin)

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/desk/duties/calendar/").status_code == 200
        return len(captured)

    for number in range(3):
        owe(district.east.unit, code=f"a{number}", label="事", opened_on=today, due_on=today, subject=district.log())
    questions()
    few = questions()
    for number in range(20):
        owe(district.east.unit, code=f"b{number}", label="事", opened_on=today, due_on=today, subject=district.log())
    assert questions() == few


def test_a_moved_day_stands_on_the_page_and_in_the_api_with_why(district, monkeypatch):
    one = owe(district.east.unit, code="reply", label="答复", opened_on=date(2090, 9, 25), working_days=10)
    monkeypatch.setattr("culture_admin.workflow.calendar.chinese_calendar.is_workday", lambda day: day.month == 11)
    recompute(NOW)
    client = client_of(district.bureau_admin)
    page = client.get(f"/admin/workflow/deadline/{one.pk}/change/").content.decode()
    assert "2090-10-09" in page
    assert "The holidays of the year have been published." in page
    (move,) = client.get(f"/api/v1/deadlines/{one.pk}/").json()["moves"]
    assert (move["from_on"], move["to_on"]) == ("2090-10-09", "2090-11-10")


@pytest.fixture
def waiting(district):
    return register_team(actor=district.steward_east, at=NOW, station=district.east, name="腰鼓队")


def test_the_bell_counts_what_is_unread_on_every_page_of_both_doors(district, waiting):
    head = client_of(district.station_head_east)
    assert head.get("/desk/activities/").content.decode().count("<b>1</b>") == 1
    head.post("/desk/notices/", {"read": "all"})
    assert "<b>1</b>" not in head.get("/desk/activities/").content.decode()
    owe(district.bureau, code="x", label="x", opened_on=TODAY, due_on=TODAY)
    assert client_of(district.bureau_admin).get("/admin/").context["unread"] == 1
    assert client_of(district.service).get("/admin/").context["unread"] == 0


def test_a_notice_is_read_by_opening_it_and_leads_to_its_record(district, waiting):
    head = client_of(district.station_head_east)
    (told,) = head.get("/desk/notices/?unread=true").context["notices"]
    assert (told.text, told.fresh) == ("Team “腰鼓队” waits: Register", True)
    assert head.get(f"/desk/notices/{told.pk}/")["Location"] == f"/desk/teams/{waiting.pk}/"
    assert head.get("/desk/notices/?unread=true").context["notices"] == []
    assert client_of(district.station_head_west).get(f"/desk/notices/{told.pk}/").status_code == 404


def test_a_notice_in_the_admin_leads_to_its_record_there(district):
    duty = owe(district.bureau, code="x", label="x", opened_on=TODAY, due_on=TODAY, subject=district.east)
    notice = Notice.objects.get(deadline=duty)
    client = client_of(district.bureau_admin)
    assert (
        client.get(f"/admin/notices/{notice.pk}/")["Location"] == f"/admin/stations/station/{district.east.pk}/change/"
    )
    assert client_of(district.service).get(f"/admin/notices/{notice.pk}/").status_code == 404


def test_the_api_tells_and_takes_what_the_page_does(district, waiting):
    head = client_of(district.station_head_east)
    (row,) = head.get("/api/v1/notices/?unread=true").json()["results"]
    assert (row["text"], row["kind"], row["subject_kind"], row["read"]) == (
        "Team “腰鼓队” waits: Register", "waits", "team", False,
    )  # fmt: skip
    answer = head.post(f"/api/v1/notices/{row['id']}/read/", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["read"]) == (200, True)
    assert head.get("/api/v1/notices/?unread=true").json()["results"] == []


@pytest.mark.parametrize(
    ("username", "address"), [("station_head_east", "/desk/notices/"), ("service", "/admin/notices/")]
)
def test_everybody_says_on_his_page_how_he_wants_to_be_told(district, username, address):
    user = getattr(district, username)
    client = client_of(user)
    said = {"channel": "mail", "mode": "at_once", "address": "a@example.com"}
    assert client.post(address, said).status_code == 302
    preference = Preference.objects.get(user=user)
    assert (preference.mode, Contact.objects.get(user=user).mail.in_clear()) == ("at_once", "a@example.com")
    assert "a@example.com" not in client.get(address).content.decode()
    client.post(address, {"channel": "mail", "mode": "digest", "address": ""})
    assert Contact.objects.get(user=user).mail.in_clear() == "a@example.com"
    client.post(address, {"channel": "mail", "mode": "digest", "address": "", "forget": "on"})
    assert Contact.objects.get(user=user).mail is None


@pytest.mark.parametrize("address", ["/desk/notices/", "/admin/notices/"])
def test_an_address_that_is_none_is_refused_on_the_page_in_words(district, address):
    client = client_of(district.service)
    page = client.post(address, {"channel": "mail", "mode": "digest", "address": "nobody"})
    assert "Enter a valid email address." in page.content.decode()
    assert client.post(address, {"channel": "pigeon", "mode": "digest"}).status_code == 200
    assert not Contact.objects.exists()


def test_the_log_of_messages_says_who_got_how_many_and_never_what(district, waiting, settings):
    prefer(actor=district.station_head_east, channel="mail", mode="digest", address="h@example.com")
    message = Message.objects.create(
        user=district.station_head_east, unit=district.east.unit, channel="mail", state="failed", title="密", text="密",
        due_at=NOW,
    )  # fmt: skip
    for reader in (district.bureau_admin, district.system_admin):
        client = client_of(reader)
        for address in ("/admin/workflow/message/", f"/admin/workflow/message/{message.pk}/change/"):
            page = client.get(address)
            assert page.status_code == 200
            assert "密" not in page.content.decode()
    assert client_of(district.service).get("/admin/workflow/message/").status_code == 403
    again = f"/admin/workflow/message/{message.pk}/acts/again/"
    assert client_of(district.bureau_admin).post(again).status_code == 403
    client_of(district.system_admin).post(again)
    message.refresh_from_db()
    assert message.state == "queued"


def test_notices_are_read_newest_first_at_every_door_whenever_they_were_written(district):
    steward, head = district.steward_east, district.station_head_east
    late = register_team(actor=steward, at=NOW, station=district.east, name="腰鼓队")
    early = register_team(actor=steward, at=NOW - timedelta(days=9), station=district.east, name="补录")
    client = client_of(head)
    assert [told.subject for told in client.get("/desk/notices/").context["notices"]] == [late, early]
    times = [one["at"] for one in client.get("/api/v1/notices/").json()["results"]]
    assert (len(times), times) == (2, sorted(times, reverse=True))
    for team, at in ((late, NOW), (early, NOW - timedelta(days=8))):
        perform(team, "register", actor=head, at=at)
    notices = client_of(district.service).get("/admin/notices/").context["notices"]
    assert [told.subject for told in notices] == [late, early]
