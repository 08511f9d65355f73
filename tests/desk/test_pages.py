"""Who may open which page, and what a stranger is told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.actions import register_team
from culture_admin.exchange.models import Import
from culture_admin.workflow.actions import owe
from tests.desk.test_imports import send

PAGES = ["", "log/", "activities/", "confirm/", "teams/", "teams/add/", "numbers/", "imports/"]
READ_ONLY = {"log/", "teams/add/", "imports/"}
SHUT = {
    "station_head_east": set(),
    "station_officer_east": set(),
    "steward_east": {"imports/"},
    "firm_manager": {"imports/"},
    "town_officer_east": READ_ONLY - {"imports/"},
    "backbone": READ_ONLY,
    "assessor": READ_ONLY,
    "bureau_admin": set(),
}


@pytest.mark.parametrize("username", SHUT)
def test_each_role_opens_what_it_has_work_at_and_is_told_who_has_the_rest(sign_in, district, username):
    district.log()
    client = sign_in(username)
    answers = {page: client.get(f"/desk/{page}") for page in PAGES}
    assert {page for page, answer in answers.items() if answer.status_code == 403} == SHUT[username]
    assert {answer.status_code for answer in answers.values()} <= {200, 403}
    for page in SHUT[username]:
        assert "Basis:" in answers[page].content.decode()


@pytest.mark.parametrize("page", [*PAGES, "activities/1/", "activities/1/correct/", "teams/1/", "imports/1/"])
def test_a_stranger_is_asked_to_sign_in_and_comes_back(client, db, page):
    assert client.get(f"/desk/{page}")["Location"] == f"/login/?next=/desk/{page}"


@pytest.fixture
def in_the_west(sign_in, district):
    """Addresses of records of the west station."""
    head = district.station_head_west
    send(sign_in("station_head_west"))
    records = {
        "activities": district.log(district.west),
        "teams": register_team(actor=head, at=district.now, station=district.west, name="西街合唱团"),
        "imports": Import.objects.get(),
    }
    pages = [
        ("activities", ""),
        ("activities", "correct/"),
        ("teams", ""),
        ("teams", "change/"),
        ("imports", ""),
        ("imports", "refused/"),
    ]
    return [(kind, records[kind].pk, rest) for kind, rest in pages]


@pytest.mark.parametrize("username", ["station_head_east", "steward_east", "town_officer_east"])
def test_a_foreign_record_is_answered_in_the_same_bytes_as_a_missing_one(sign_in, in_the_west, username):
    client, owner = sign_in(username), sign_in("station_head_west")
    answers = set()
    for kind, pk, rest in in_the_west:
        assert owner.get(f"/desk/{kind}/{pk}/{rest}").status_code == 200
        for key in (pk, 10**12, 10**30):
            for call in (client.get, client.post):
                answer = call(f"/desk/{kind}/{key}/{rest}")
                if answer.status_code != 405:
                    answers.add((answer.status_code, answer.content))
    assert {status for status, _content in answers} == {404}
    assert len(answers) == 1


def test_a_foreign_log_is_no_pattern_for_a_new_one(head, district):
    foreign = district.log(district.west)
    assert head.get(f"/desk/log/?like={foreign.pk}").status_code == 404
    assert head.get(f"/desk/log/?station={district.west.pk}").status_code == 404
    assert head.get(f"/desk/teams/add/?station={district.west.pk}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "activities/?colour=red",
        "activities/?from=yesterday",
        "activities/?cursor=x",
        "numbers/?year=x",
        "log/?like=%00",
    ],
)
def test_an_unreadable_question_is_a_400_that_says_so(head, address):
    answer = head.get(f"/desk/{address}")
    assert answer.status_code == 400
    assert re.search(r"</h1>\s*<p>.+</p>", answer.content.decode())


@pytest.mark.parametrize("username", ["station_head_east", "bureau_admin"])
def test_a_page_asks_the_same_number_of_questions_for_few_rows_and_for_many(sign_in, district, username):
    client = sign_in(username)

    def more(numbers: range) -> None:
        for number in numbers:
            actor = district.steward_east if number % 2 else district.station_head_east
            district.log(title=f"第{number}场", actor=actor, posting=district.posting("east"))
            register_team(actor=actor, at=district.now, station=district.east, name=f"第{number}队")

    def questions() -> dict[str, int]:
        asked = {}
        for page in PAGES:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(f"/desk/{page}").status_code == 200
            asked[page] = len(captured)
        return asked

    more(range(3))
    questions()
    few = questions()
    more(range(3, 30))
    assert questions() == few


def test_pages_run_under_a_policy_that_allows_nothing_from_outside_and_nothing_inline(head, district):
    answer = head.get("/desk/log/")
    assert "script-src 'self';" in answer["Content-Security-Policy"] + ";"
    assert "style-src 'self';" in answer["Content-Security-Policy"] + ";"
    assert not re.search(
        r"<style|\sstyle=|\son\w+=|<script(?![^>]*\s(src|type=.application/json))", answer.content.decode()
    )


def test_what_others_owe_stands_apart_from_what_one_owes_and_is_for_those_who_oversee_them(sign_in, district):
    today = timezone.localdate()
    for unit in (district.east.unit, district.bureau):
        owe(unit, code="report", label="报表", opened_on=today, due_on=today + timedelta(days=3))
    names = ("station_head_east", "town_officer_east", "station_head_west", "assessor", "backbone")
    read = {name: sign_in(name).get("/desk/").context for name in names}
    owed = {name: (len(context["duties"]), len(context["duties_of_others"])) for name, context in read.items()}
    assert owed == {
        "station_head_east": (1, 0), "town_officer_east": (0, 1), "station_head_west": (0, 0), "assessor": (0, 0), "backbone": (0, 0),
    }  # fmt: skip


def test_what_a_firm_owes_waits_for_its_manager_and_stands_apart_for_its_stewards(sign_in, district):
    """A finding in a service is answered by whoever may, and for all else of a firm its manager answers."""
    today = timezone.localdate()
    for code in ("stewards.finding", "report"):
        owe(district.firm.unit, code=code, label=code, opened_on=today, due_on=today + timedelta(days=3))
    read = {name: sign_in(name).get("/desk/") for name in ("firm_manager", "steward_east")}
    owed = {
        name: [[duty.code for duty in answer.context[part]] for part in ("duties", "duties_of_others")]
        for name, answer in read.items()
    }
    assert owed == {
        "firm_manager": [["stewards.finding", "report"], []],
        "steward_east": [[], ["stewards.finding", "report"]],
    }
    assert "Due from my firm" in read["steward_east"].content.decode()
    for name, number in (("firm_manager", 2), ("steward_east", 0)):
        page = sign_in(name).get("/desk/duties/?mine=true")
        assert len(page.context["duties"]) == number
        assert "All of my firm" in page.content.decode()


def test_a_phone_keeps_the_pages_that_its_owner_may_open(sign_in, client):
    kept = {}
    for name in ("station_head_east", "steward_east", "town_officer_east", "backbone"):
        mine = sign_in(name)
        kept[name] = [path.removeprefix("/desk/") for path in mine.get("/desk/kept.json").json()["pages"]]
        assert {mine.get(f"/desk/{path}").status_code for path in kept[name]} == {200}
    everybody = ["queue/", "confirm/", ""]
    assert kept == {
        "station_head_east": ["log/", *everybody, "sessions/"],
        "steward_east": ["log/", *everybody, "sessions/", "duty-days/log/"],
        "town_officer_east": everybody,
        "backbone": everybody,
    }
    assert client.get("/desk/kept.json").status_code == 302


def test_the_head_of_a_page_names_ones_unit_in_the_readers_language(sign_in, district):
    client = sign_in("station_head_east")
    unit = district.east.unit
    for language, name in (("en", unit.name_en), ("zh-hans", unit.name_zh)):
        client.cookies["django_language"] = language
        assert re.search(rf"<\w+[^>]*>\s*{name}", client.get("/desk/").content.decode()), language
