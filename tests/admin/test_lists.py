"""Lists of the admin: as few queries with thirty rows as with three, strict addresses, filters, search, no full count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions import (
    add_learner,
    award_prize,
    award_star,
    open_course,
    plan_series,
    record_check,
    record_permit,
    record_work,
    register_team,
)
from activities.actions.months import open_return
from activities.actions.rating import rate_activity
from activities.actions.visits import record_visits
from activities.models import (
    Activity,
    Course,
    Genre,
    Kind,
    Learner,
    MonthlyReturn,
    OpeningVisits,
    Permit,
    Prize,
    Rating,
    Series,
    SpotCheck,
    Team,
    TeamStar,
    VenueBooking,
    Work,
)
from culture_admin.accounts.actions import grant_office, issue_account, issue_key
from culture_admin.accounts.models import ApiKey, Membership, PersonalReading, User
from culture_admin.demo.codes import INSTITUTION, credit_code
from culture_admin.exchange.models import Import
from culture_admin.interfaces.admin import lists
from culture_admin.territory.actions import add_division, add_succession, add_unit, record_residents
from culture_admin.territory.models import Division, Residents, Succession, Unit
from culture_admin.workflow.actions import owe
from culture_admin.workflow.models import Deadline, Decision, Message
from stations.actions import (
    add_facility,
    award_title,
    open_facts,
    open_registration,
    open_station,
    propose_feature,
    receive_complaint,
    record_safety_check,
    register_legal_person,
    warn_station,
)
from stations.models import (
    Certificate,
    Complaint,
    Facility,
    Feature,
    Grading,
    OffPostObjection,
    Registration,
    SafetyCheck,
    Sanction,
    Station,
    Title,
    YearlyFacts,
)
from stewards.actions import add_steward, post_steward
from stewards.models import Firm, Posting, Steward
from tests.admin.conftest import list_of, rooms
from tests.admin.many_of_assessments import OF_ASSESSMENTS
from tests.admin.many_of_deals import OF_DEALS
from tests.admin.many_of_the_ground import OF_THE_GROUND
from tests.district import OPENED, TODAY, District
from tests.stations.many import OF_MONEY_AND_PREMISES
from tests.stations.many_guided import OF_GUIDANCE
from tests.stations.many_staffed import OF_STAFF
from tests.stewards.many_delivered import OF_LEDGER
from tests.stewards.many_evaluated import OF_EVALUATIONS
from tests.stewards.many_paid import OF_CONTRACT_MONEY
from tests.stewards.many_served import OF_SERVICE

LIST = "/admin/activities/activity/"
# Who is signed in, his offices and what he has been told take five; the first page of the activities takes no more than twelve.
MOST_QUERIES = 13


def town(district: District, number: int) -> Division:
    code = f"990101{200 + number}"
    return add_division(code=code, name_zh=f"镇{number}", level="town", type="town", parent=district.county)


def station(district: District, number: int) -> Station:
    return open_station(actor=None, division=town(district, number), name_zh=f"站{number}")


def legal_person(district: District, number: int) -> Station:
    made = station(district, number)
    register_legal_person(
        actor=None, station=made, uscc=credit_code(INSTITUTION, "990101", number), legal_representative="长", sponsor="镇",
        authority="局", valid_from=OPENED,
    )  # fmt: skip
    return made


def log(district: District, number: int) -> None:
    posting = district.posting("east") if number % 2 else None
    actor = district.steward_east if posting else district.station_head_east
    genre = Genre.objects.first() if number % 3 else None
    district.log(actor=actor, posting=posting, title=f"演出{number}", genre=genre)


def grade(district: District, number: int) -> None:
    Grading.objects.create(
        station=district.east, grade="second", document="文", valid_from=OPENED + timedelta(days=number)
    )


def person(district: District, number: int) -> User:
    user = issue_account(actor=None, username=f"p{number}", name=f"人{number}")
    grant_office(actor=None, user=user, role="observer", unit=district.bureau, at=district.now)
    return user


def ledger(district: District, number: int) -> None:
    Import.objects.create(
        kind="teams",
        unit=district.east.unit,
        file_name=f"{number}.xlsx",
        sha256="0" * 64,
        content=b"",
        created_by=district.bureau_admin,
    )


def plan(district, number, **entries):
    """One activity of a series with a room, each in a room of its own."""
    room = add_facility(
        actor=None, station=district.east, name=f"房{number}", use="排练", floor_area=50, valid_from=OPENED
    )
    series = plan_series(
        actor=district.station_head_east,
        at=district.now,
        station=district.east,
        title=f"系列{number}",
        kind=district.kind("PERF"),
        weekdays=[5],
        begins_on=TODAY + timedelta(days=1),
        ends_on=TODAY + timedelta(days=7),
        begins_time=time(14),
        ends_time=time(16),
        facility=room,
        **entries,
    )
    return series.activities.select_related("station__division", "station__unit", "series").get()


def team(district: District, number: int) -> Team:
    return register_team(
        actor=district.station_head_east,
        station=district.east,
        name=f"队{number}",
        founded_on=OPENED,
        at=district.now,
    )


def course(district: District, number: int) -> Course:
    return open_course(
        actor=district.station_head_east, station=district.east, title=f"班{number}", begins_on=TODAY, at=district.now
    )


def work(district: District, number: int) -> Work:
    return record_work(
        actor=district.station_head_east,
        station=district.east,
        title=f"曲{number}",
        kind="original",
        finished_on=OPENED,
        team=team(district, number),
        at=district.now,
    )


MAKE: dict[type, Callable[[District, int], object]] = {
    Activity: log,
    Team: team,
    TeamStar: lambda district, number: award_star(
        actor=district.service, team=team(district, number), stars=3, awarded_on=OPENED, document="文", at=district.now
    ),
    Course: course,
    Learner: lambda district, number: add_learner(
        actor=district.station_head_east, course=course(district, number), name=f"学员{number}", at=district.now
    ),
    Work: work,
    Prize: lambda district, number: award_prize(
        actor=district.station_head_east, work=work(district, number), name="奖", level="county", awarded_on=TODAY,
        at=district.now,
    ),
    Decision: log,
    Station: station,
    Certificate: lambda district, number: register_legal_person(
        actor=None, station=district.west, uscc="12990101MB0A00025E", legal_representative="长", sponsor="镇",
        authority="局", valid_from=date(1960 + number, 1, 1), valid_to=date(1960 + number, 12, 31),
    ),
    Registration: lambda district, number: open_registration(
        actor=None, station=station(district, number), kind="establishment", at=district.now
    ),
    Sanction: lambda district, number: warn_station(
        actor=None, station=legal_person(district, number), ground="other", finding="查", document="文", mend_by=TODAY,
        at=district.now,
    ),
    Grading: grade,
    Title: lambda district, number: award_title(
        actor=None, station=district.east, title="文化强镇", year=1990 + number, issuer="县", document="文", valid_from=TODAY
    ),
    Facility: lambda district, number: add_facility(
        actor=None, station=district.east, name=f"厅{number}", use="排练", floor_area=100, valid_from=OPENED
    ),
    Steward: lambda district, number: add_steward(actor=None, firm=district.firm, name=f"管家{number}"),
    Posting: lambda district, number: post_steward(
        actor=None, steward=add_steward(actor=None, firm=district.firm, name=f"管家{number}"), station=district.west, valid_from=TODAY
    ),
    Series: lambda district, number: plan(district, number).series,
    VenueBooking: plan,
    Permit: lambda district, number: record_permit(
        actor=district.station_head_east, activity=plan(district, number, expected=2000), number=str(number), authority="公安局",
        granted_on=TODAY, at=district.now,
    ),
    Rating: lambda district, number: rate_activity(
        activity=district.log(), device=str(number), address="::1", score=3, comment="好", at=district.now
    ),
    OpeningVisits: lambda district, number: record_visits(
        actor=district.station_head_east, station=district.east, on=TODAY - timedelta(days=number), visitors=number, at=district.now
    ),
    MonthlyReturn: lambda district, number: open_return(
        actor=district.station_head_east, station=district.east, month=date(2023 - number // 12, number % 12 + 1, 1), at=district.now
    ),
    SpotCheck: lambda district, number: record_check(
        actor=district.service, activity=district.log(), found_on=TODAY, finding="ok", at=district.now
    ),
    User: person,
    Membership: person,
    ApiKey: lambda district, number: issue_key(actor=None, name=f"k{number}", role="observer", unit=district.bureau),
    Division: town,
    Unit: lambda district, number: add_unit(kind="centre", division=district.county, name_zh=f"馆{number}"),
    Residents: lambda district, number: record_residents(division=district.county, year=1990 + number, number=number, source="统计局"),
    Succession: lambda district, number: add_succession(predecessor=town(district, number), successor=district.county, on=TODAY),
    Feature: lambda district, number: propose_feature(
        actor=district.station_head_east, station=district.east, name=f"龙{number}", level="town", at=district.now
    ),
    SafetyCheck: lambda district, number: record_safety_check(
        actor=district.station_head_east, station=district.east, checked_on=TODAY, by="station", checker=f"李{number}",
        items=[{"item": "exits", "result": "ok"}], at=district.now,
    ),
    Complaint: lambda district, number: receive_complaint(
        actor=district.service, station=district.east, received_on=TODAY, channel="phone", about="hours", text=f"第{number}件",
        name="赵", at=district.now,
    ),
    YearlyFacts: lambda district, number: open_facts(
        actor=district.station_head_east if number % 2 else district.station_head_west,
        station=district.east if number % 2 else district.west, year=2000 + number // 2, at=district.now,
    ),
    Message: lambda district, number: Message.objects.create(
        user=district.station_head_east, unit=district.east.unit, channel="mail", state="sent", due_at=district.now
    ),
    Deadline: lambda district, number: owe(
        district.east.unit, code="report", label=f"报告{number}", opened_on=TODAY, due_on=TODAY + timedelta(days=number)
    ),
    Import: ledger,
    **OF_MONEY_AND_PREMISES,
    **OF_GUIDANCE,
    **OF_STAFF,
    **OF_SERVICE,
    **OF_LEDGER,
    **OF_THE_GROUND,
    **OF_ASSESSMENTS,
    **OF_EVALUATIONS,
    **OF_CONTRACT_MONEY,
    **OF_DEALS,
}  # fmt: skip
# Lists that do not grow by thirty here: code lists, and firms, whose codes carry a check character.
FEW = {Kind, Genre, Firm}


def test_every_list_is_measured():
    assert {room.model for room in rooms()} == set(MAKE) | FEW


@pytest.mark.parametrize("model", MAKE, ids=lambda model: model.__name__)
def test_a_list_asks_as_little_with_thirty_rows_as_with_three(district, signed_in, model):
    room = admin.site.get_model_admin(model)
    readers = {
        ApiKey: district.security_admin,
        PersonalReading: district.audit_admin,
        OffPostObjection: district.bureau_leader,
    }
    reader = readers.get(model, district.bureau_admin)
    client = signed_in(reader)
    client.get(list_of(room))
    asked = []
    for numbers in (range(1, 4), range(4, 31)):
        for number in numbers:
            MAKE[model](district, number)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(list_of(room))
        assert answer.status_code == 200
        asked.append([query["sql"] for query in queries.captured_queries])
    assert len(asked[0]) == len(asked[1]), "\n".join(asked[1])
    assert len(asked[1]) <= (12 if model is Activity else MOST_QUERIES)


def test_nothing_is_counted_to_the_end(district, signed_in, monkeypatch):
    for number in range(7):
        district.log(title=f"演出{number}")
    monkeypatch.setattr(lists, "MOST_COUNTED", 5)
    with CaptureQueriesContext(connection) as queries:
        page = signed_in(district.bureau_admin).get(LIST)
    assert "more than 5" in page.content.decode()
    counts = [
        query["sql"]
        for query in queries.captured_queries
        if "COUNT(" in query["sql"] and "activities_activity" in query["sql"]
    ]
    assert len(counts) == 1
    assert "LIMIT 6" in counts[0]


def test_a_tab_of_the_browser_is_named_by_what_is_listed(district, signed_in):
    page = signed_in(district.bureau_admin).get("/admin/stewards/contract/")
    assert "<title> Contracts |" in " ".join(page.content.decode().split())


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("colour=red", "unknown_parameter"),
        ("recorded_by__password__startswith=a", "unknown_parameter"),
        ("state=lost", "invalid_choice"),
        ("division=0", "invalid_choice"),
        ("division=999999999999999999999", "invalid_choice"),
        ("period=2026-13", "invalid_choice"),
        ("period=2026-02-30..2026-03-01", "invalid_choice"),
        ("kind=x", "invalid_choice"),
        ("session=maybe", "invalid_choice"),
        ("q=%E2%80%AE", "text_bidi"),
    ],
)
def test_an_address_that_makes_no_sense_is_refused_and_named(district, signed_in, asked, code):
    answer = signed_in(district.bureau_admin).get(f"{LIST}?{asked}")
    assert answer.status_code == 400
    assert answer.context["problem"]["errors"][0]["code"] == code


@pytest.mark.parametrize(
    "asked", ["p=0", "p=x", "p=99999999999", "o=x", "o=99", "all=", "e=1", "q=%00", "q=" + "x" * 300]
)
def test_no_address_of_a_list_breaks_it(district, signed_in, asked):
    district.log()
    assert signed_in(district.bureau_admin).get(f"{LIST}?{asked}", follow=True).status_code in (200, 400)
