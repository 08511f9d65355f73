"""Courses, learners, teams, stars, works and prizes through the API."""

from __future__ import annotations

import pytest

from activities.actions import add_learners, open_course, register_team
from activities.models import Activity
from tests.bad_input.conftest import read
from tests.district import NOW
from tests.interfaces.conftest import Api


@pytest.fixture
def head(district) -> Api:
    return Api(district.station_head_east)


@pytest.fixture
def course(district):
    course = open_course(
        actor=district.station_head_east, at=NOW, station=district.east, title="书法班", begins_on=district.today
    )
    add_learners(actor=district.station_head_east, course=course, names=["张红", "李梅"])
    return course


def session(course, **entries) -> dict:
    body = {
        "station": course.station_id,
        "title": "书法班",
        "kind": "TRNG",
        "begins_on": "2026-05-20",
        "course": course.pk,
    }
    return body | entries


def test_a_session_is_posted_with_its_roster_and_the_course_shows_five_numbers(head, course):
    keys = [learner["id"] for learner in head.read(f"learners/?course={course.pk}")["results"]]
    answer = head.post(
        "activities/", session(course, present=keys[:1], class_minutes=90, late_reason="补登"), format="json"
    )
    assert answer.status_code == 201, answer.content.decode()
    assert (answer.json()["attendance"], answer.json()["counted_by"]) == (1, "roster")
    assert head.read(f"courses/{course.pk}/")["figures"] == {
        "sessions": 1,
        "class_hours": 2,
        "person_hours": 2,
        "attendances": 1,
        "people": 1,
    }
    rows = head.read(f"activities/?course={course.pk}")["results"]
    assert [row["course"] for row in rows] == [course.pk]


def test_a_foreign_course_in_a_record_is_refused_like_a_missing_one(district, course):
    west = Api(district.station_head_west)
    body = session(course) | {"station": district.west.pk}
    answers = {
        str(read(west.post("activities/", body | {"course": key}, format="json"))) for key in (course.pk, 10**12)
    }
    assert answers == {str((400, "does_not_exist", "/course"))}
    assert not Activity.objects.exists()


def test_a_foreign_learner_is_refused_like_a_missing_one(head, district, course):
    other = open_course(
        actor=district.station_head_west, at=NOW, station=district.west, title="舞蹈班", begins_on=district.today
    )
    (stranger,) = add_learners(actor=district.station_head_west, course=other, names=["周敏"])
    codes = {
        read(head.post("activities/", session(course, present=[key]), format="json"))[:2]
        for key in (stranger.pk, 10**12)
    }
    assert codes == {(400, "does_not_exist")}


def test_a_course_is_closed_once_it_says_how_many_finished(head, course):
    refused = head.post(f"courses/{course.pk}/close/", {}, format="json", headers={"If-Match": '"v1"'})
    assert (refused.status_code, refused.json()["code"]) == (409, "completed_missing")
    head.patch(f"courses/{course.pk}/", {"completed": 2}, format="json", headers={"If-Match": '"v1"'})
    closed = head.post(f"courses/{course.pk}/close/", {}, format="json", headers={"If-Match": '"v2"'})
    assert (closed.status_code, closed.json()["state"]) == (200, "closed")


def test_two_files_are_merged_with_both_versions_named(head, district):
    kept, doubled = (
        register_team(actor=district.station_head_east, at=NOW, station=district.east, name=name)
        for name in ("东风合唱团", "冬枫合唱团")
    )
    assert len(head.read("teams/?doubled=true")["results"]) == 2
    address, body = f"teams/{kept.pk}/merge/", {"doubled": doubled.pk, "doubled_version": 1, "comment": "重复"}
    assert head.post(address, body, format="json").status_code == 428
    stale = head.post(address, body | {"doubled_version": 2}, format="json", headers={"If-Match": '"v1"'})
    assert stale.status_code == 412
    merged = head.post(address, body, format="json", headers={"If-Match": '"v1"'})
    assert (merged.status_code, merged["ETag"]) == (200, '"v2"')
    assert head.read(f"teams/{doubled.pk}/")["merged_into"] == kept.pk


def test_the_bureau_files_and_awards_and_the_station_does_not(head, district):
    team = register_team(actor=district.station_head_east, at=NOW, station=district.east, name="东风合唱团")
    bureau, seen = Api(district.service), {"If-Match": '"v1"'}
    assert head.post(f"teams/{team.pk}/file/", {}, format="json", headers=seen).status_code == 403
    assert bureau.post(f"teams/{team.pk}/file/", {}, format="json", headers=seen).json()["state"] == "filed"
    star = {"team": team.pk, "stars": 4, "awarded_on": "2026-05-20", "document": "试文〔2026〕4号"}
    assert head.post("team-stars/", star, format="json", headers={"Idempotency-Key": "a"}).status_code == 403
    given = bureau.post("team-stars/", star, format="json", headers={"Idempotency-Key": "b"})
    assert (given.status_code, given.json()["valid_to"]) == (201, "2028-05-20")
    assert len(head.read("teams/?star=4&on=2027-01-01")["results"]) == 1


@pytest.mark.parametrize("collection", ["courses", "learners", "team-stars", "works", "prizes"])
def test_a_collection_is_the_stations_own(district, course, collection):
    assert Api(district.station_head_west).read(f"{collection}/")["results"] == []
