"""A station's rows of every kind there is, each with a mark by which it is found again."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Model
from django.test import override_settings

from activities.actions import (
    add_learner,
    award_prize,
    book_room,
    log_activity,
    open_course,
    plan_series,
    record_check,
    record_work,
    register_team,
)
from activities.actions.months import open_return
from activities.actions.rating import rate_activity
from activities.actions.visits import record_visits
from activities.models import Activity
from culture_admin.accounts.models import User
from culture_admin.exchange.actions import open_import
from culture_admin.exchange.attaching import attach_file
from culture_admin.exchange.paper.numbers import issue_number, open_register
from culture_admin.exchange.paper.printing import print_paper
from culture_admin.exchange.paper.register import PAPERS
from culture_admin.exchange.uploading import Announced, begin_upload
from culture_admin.scoring.actions import draft_scheme
from culture_admin.statistics.actions import set_target
from culture_admin.statistics.snapshots import Asked, take
from culture_admin.workflow.actions import owe, perform
from culture_admin.workflow.models import Notice
from stations.actions import (
    add_facility,
    award_title,
    change_station,
    enter_facts,
    grade_station,
    open_facts,
    propose_feature,
    receive_complaint,
    record_safety_check,
)
from stations.models import Station
from tests.assessments.furnishing import of_assessments
from tests.boundaries.plans import drawn, renaming
from tests.district import NOW, TODAY, District
from tests.exchange.test_attachments import photo
from tests.servers import DISTRICT, WORKER, cloned_database
from tests.stations.furnishing import of_money_and_premises, of_registration
from tests.stations.guided import of_guidance
from tests.stations.many_staffed import of_staff
from tests.stewards.furnishing import of_stewards

MARKS = {"west": "⟦t-west⟧", "elsewhere": "⟦t-far⟧"}


@pytest.fixture(scope="module")
def furnished_county(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, list[Model]]]:
    """A database for the tests of one module, with the rows of `marked`; what a test does to them is rolled back."""
    with (
        django_db_blocker.unblock(),
        cloned_database(f"test_{WORKER or 'main'}_furnished", DISTRICT),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
    ):
        with transaction.atomic():
            towns = ("east", *MARKS)
            rows = {town: list(furnished(District(), town, MARKS.get(town, "⟦t-own⟧"))) for town in towns}
        yield rows


@pytest.fixture
def marked(furnished_county, district) -> dict[str, list[Model]]:
    """Rows of the two other stations of every kind there is, each with its mark, and one of the east's own."""
    return furnished_county


def furnished(district: District, town: str, mark: str) -> Iterator[Model]:
    """The rows of the station of this town, made by its own people; the mark stands in each text."""
    station, head = district.station(town), getattr(district, f"station_head_{town}")
    yield station
    change_station(actor=None, station=station, address=f"{mark}街1号", telephone=mark)
    team = register_team(actor=head, at=NOW, station=station, name=f"{mark}队", leader=mark, venue=mark)
    yield team
    entered = {
        "station": station,
        "title": f"{mark}演出",
        "venue": mark,
        "note": mark,
        "begins_on": TODAY,
        "attendance": 7,
    }
    activity = log_activity(actor=head, at=NOW, kind=district.kind("PERF"), team=team, **entered)
    yield activity
    if town != "elsewhere":
        steward = getattr(district, f"steward_{town}")
        yield log_activity(actor=steward, at=NOW, kind=district.kind("EXHB"), **entered | {"title": f"{mark}展"})
    announced = Announced(name=f"{mark}.jpg", size=9)
    yield begin_upload(actor=head, client_uuid=uuid.uuid4(), subject=activity, announced=announced)
    yield rate_activity(activity=activity, device=town, address="::1", score=3, comment=mark, at=NOW)
    yield attach_file(actor=head, subject=activity, name=f"{mark}.jpg", content=photo(), at=NOW)
    content = f"日期,活动名称,参加人数\n2026-03-05,{mark}会,很多\n".encode()
    yield open_import(
        actor=head, kind="activities", unit=station.unit, file_name=f"{mark}.csv", content=content, at=NOW
    )[0]
    yield record_visits(actor=head, at=NOW, station=station, on=TODAY, visitors=7)
    filing = open_return(actor=head, at=NOW, station=station, month=date(2026, 4, 1))
    perform(filing, "contest", actor=head, at=NOW, comment=mark)
    yield filing
    yield owe(station.unit, code="report", label=mark, basis=mark, opened_on=TODAY, due_on=TODAY, subject=activity)
    yield Notice.objects.filter(unit=station.unit).latest("pk")
    common = {"actor": head, "at": NOW, "station": station, "title": mark}
    course = open_course(begins_on=TODAY, **common)
    yield course
    yield add_learner(actor=head, course=course, name=mark, at=NOW)
    work = record_work(kind="original", finished_on=TODAY, **common)
    yield work
    yield award_prize(actor=head, work=work, name=mark, level="county", awarded_on=TODAY, at=NOW)
    days = {
        "begins_on": TODAY + timedelta(days=1),
        "ends_on": TODAY + timedelta(days=7),
        "weekdays": [TODAY.isoweekday()],
    }
    yield plan_series(kind=district.kind("FILM"), venue=mark, **days, **common)
    yield record_check(
        actor=district.service if town != "elsewhere" else district.bureau_admin_elsewhere,
        activity=activity, found_on=TODAY, finding="ok", note=mark, at=NOW,
    )  # fmt: skip
    named = {"actor": None, "station": station, "valid_from": TODAY}
    yield award_title(title=mark, year=2026, issuer=mark, document=mark, **named)
    yield grade_station(grade="special", document=mark, **named)
    room = add_facility(name=mark, use=mark, floor_area=77, **named)
    yield room
    hours = {"begins_at": NOW + timedelta(days=1), "ends_at": NOW + timedelta(days=1, hours=1)}
    yield book_room(actor=head, at=NOW, facility=room, purpose=mark, **hours)
    yield station.certificates.get()
    yield from overseen(station, head, mark)
    yield from numbered_and_printed(activity, head, mark)
    yield from of_money_and_premises(district, town, room, mark)
    yield from of_registration(district, town, mark)
    yield from of_guidance(district, town, mark)
    yield from of_staff(district, town, mark)
    for more in (of_the_county, of_assessments):
        yield from more(district, town, mark)


def of_the_county(district: District, town: str, mark: str) -> Iterator[Model]:
    """A scheme of the town's county, a snapshot and a target of the town, and a change of its boundaries."""
    station = district.station(town)
    bureau_admin = district.bureau_admin if town != "elsewhere" else district.bureau_admin_elsewhere
    year = {"east": 2026, "west": 2027, "elsewhere": 2026}[town]
    yield draft_scheme(
        actor=bureau_admin, at=NOW, place=station.county, subject="town", year=year, name_zh=mark, total=Decimal(100),
        document=mark, groups=[{"code": "A", "name_zh": mark}],
    )  # fmt: skip
    held = Asked(("activities.held",), ("division:town",))
    yield set_target(
        actor=bureau_admin, at=NOW, station=station.unit, metric="activities.held", year=2026, number=Decimal(12), source=mark,
    )  # fmt: skip
    yield take(actor=bureau_admin, place=station.division, asked=[held], name=mark, at=NOW)
    yield drawn(
        district,
        "rename",
        renaming(station.division, f"{mark}镇"),
        actor=bureau_admin,
    )
    yield from of_stewards(district, town, mark)


def numbered_and_printed(activity: Activity, head: User, mark: str) -> Iterator[Model]:
    """A register of the town with a number, and a form of an activity."""
    government = activity.station.division.units.get(kind="town")
    register = open_register(actor=None, unit=government, prefix="镇政", name=mark)
    yield register
    yield issue_number(actor=None, register=register, title=mark, at=NOW)
    yield print_paper(actor=head, paper=PAPERS["activity-archive"], subject=activity, at=NOW)


def overseen(station: Station, head: User, mark: str) -> Iterator[Model]:
    """What is known of a station's standing: a feature, a failed check, a complaint, a year."""
    yield propose_feature(actor=head, at=NOW, station=station, name=mark, level="town", document=mark, description=mark)
    looked_at = [{"item": "wiring", "result": "bad", "remark": mark}]
    yield record_safety_check(
        actor=head, at=NOW, station=station, checked_on=TODAY, by="station", checker=mark, items=looked_at, note=mark
    )
    yield receive_complaint(
        actor=head, at=NOW, station=station, received_on=TODAY, channel="visit", about="hours", text=mark, name=mark,
        contact=mark,
    )  # fmt: skip
    facts = open_facts(actor=head, at=NOW, station=station, year=2025)
    yield enter_facts(actor=head, at=NOW, yearlyfacts=facts, books=1, note=mark)
