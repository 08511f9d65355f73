"""Courses and works on the phone: a roster that is pasted, a session with everybody ticked, five numbers, prizes."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.actions import add_learners, open_course, register_team
from activities.models import Activity, Course, Learner, Prize, Team, Work

NAMES = ("张红", "李梅", "王芳")


@pytest.fixture
def course(head, district) -> Course:
    begun = timezone.localdate() - timedelta(days=20)
    head.post(
        "/desk/courses/add/",
        {"title": "书法入门班", "begins_on": begun.isoformat(), "class_hours": "2", "sessions_planned": "12"},
    )
    course = Course.objects.get()
    head.post(f"/desk/courses/{course.pk}/roster/", {"names": "张红\r\n 李梅 \r\n\r\n王芳\r\n张红"})
    return course


def ticked(page: str) -> list[str]:
    """The names of a session's page whose box is ticked."""
    boxes = re.findall(r'<label class="tick"[^>]*>\s*<input([^>]*)>\s*([^<]*?)\s*</label>', page)
    return [name for box, name in boxes if "checked" in box]


def send(head, course, **entries):
    values = {"begins_on": timezone.localdate().isoformat(), "class_hours": "2", "client_uuid": str(uuid.uuid4())}
    return head.post(f"/desk/courses/{course.pk}/session/", values | entries)


def test_pasted_names_stand_on_the_roster_once(course):
    assert (course.state, course.class_seconds, course.sessions_planned) == ("open", 5400, 12)
    assert tuple(Learner.objects.values_list("name", flat=True)) == NAMES


def test_everybody_is_ticked_and_who_is_unticked_was_absent(head, course):
    assert ticked(head.get(f"/desk/courses/{course.pk}/session/").content.decode()) == list(NAMES)
    present = list(course.learners.filter(name__in=NAMES[:2]).values_list("pk", flat=True))
    send(head, course, present=present)
    session = Activity.objects.get()
    assert (session.attendance, session.counted_by, session.title, session.course) == (
        2,
        "roster",
        "书法入门班",
        course,
    )
    again = head.get(f"/desk/activities/{session.pk}/presence/").content.decode()
    assert ticked(again) == list(NAMES[:2])


def test_who_came_is_corrected_and_the_number_follows(head, course):
    send(head, course, present=list(course.learners.values_list("pk", flat=True)))
    session = Activity.objects.get()
    address = f"/desk/activities/{session.pk}/presence/"
    one = course.learners.get(name="王芳").pk
    assert head.post(address, {"present": [one], "version": 1})["Location"] == f"/desk/activities/{session.pk}/"
    session.refresh_from_db()
    assert session.attendance == 1
    stale = head.post(address, {"present": [], "version": 1})
    assert stale.status_code == 200
    assert Activity.objects.get().attendance == 1


def test_heads_are_counted_where_there_is_no_roster_or_instead_of_it(head, course):
    send(head, course, attendance="25", present=[course.learners.first().pk])
    session = Activity.objects.get()
    assert (session.attendance, session.counted_by) == (25, "heads")


def test_the_page_of_a_course_shows_five_numbers_with_their_names(head, course):
    keys = list(course.learners.values_list("pk", flat=True))
    send(head, course, present=keys)
    send(head, course, present=keys[:1])
    figures = head.get(f"/desk/courses/{course.pk}/").context["figures"]
    assert [(str(label), value) for label, value, _unit in figures] == [
        ("Training sessions", 2),
        ("Class hours", 4),
        ("Person-hours of training", 8),
        ("Person-times served", 4),
        ("Learners by roster", 3),
    ]


def test_a_course_is_closed_with_the_number_who_finished(head, course):
    page = head.get(f"/desk/courses/{course.pk}/")
    assert "close" not in [button.name for button in page.context["buttons"]]
    assert (
        "Write how many finished"
        in head.post(f"/desk/courses/{course.pk}/", {"completed": "", "version": 1}).content.decode()
    )
    head.post(f"/desk/courses/{course.pk}/", {"completed": "2", "version": course.version})
    course.refresh_from_db()
    assert (course.state, course.completed) == ("closed", 2)
    assert head.get(f"/desk/courses/{course.pk}/session/").status_code == 200
    assert "open it again" in send(head, course, attendance="3").content.decode()


def test_who_stays_away_leaves_the_roster_from_today(head, course):
    learner = course.learners.get(name="王芳")
    head.post(f"/desk/courses/{course.pk}/roster/", {"learner": learner.pk, "version": learner.version})
    assert ticked(head.get(f"/desk/courses/{course.pk}/session/").content.decode()) == list(NAMES[:2])


def test_a_session_of_before_has_the_roster_of_its_day(head, course):
    """Who has left since may have been there; who was not on the roster that day was not."""
    today = timezone.localdate()
    left, stays, late = (course.learners.get(name=name) for name in NAMES)
    Learner.objects.filter(pk=left.pk).update(left_on=today - timedelta(days=1))
    Learner.objects.filter(pk=late.pk).update(joined_on=today)
    last_week = (today - timedelta(days=7)).isoformat()
    assert ticked(head.get(f"/desk/courses/{course.pk}/session/").content.decode()) == list(NAMES[1:])
    refused = send(head, course, begins_on=last_week, present=[left.pk, stays.pk, late.pk])
    assert refused.context["form"].errors.as_data()["present"][0].code == "not_on_roster"
    send(head, course, begins_on=last_week, present=[left.pk, stays.pk])
    session = Activity.objects.get()
    assert session.attendance == 2
    assert dict(session.presences.values_list("learner__name", "present")) == {"张红": True, "李梅": True}


def test_the_timetable_begins_with_what_the_course_says(head, course, sign_in):
    address = f"/desk/plan/series/?course={course.pk}"
    initial = head.get(address).context["form"].initial
    assert (initial["title"], initial["course"], initial["class_hours"]) == ("书法入门班", course.pk, 2)
    assert sign_in("station_head_west").get(address).status_code == 404


@pytest.mark.parametrize("path", ["", "change/", "roster/", "session/"])
def test_another_stations_course_is_not_there(sign_in, course, path):
    assert sign_in("station_head_west").get(f"/desk/courses/{course.pk}/{path}").status_code == 404


def test_a_town_officer_sees_the_course_and_not_the_names(sign_in, course):
    officer = sign_in("town_officer_east")
    assert officer.get(f"/desk/courses/{course.pk}/").status_code == 200
    assert officer.get(f"/desk/courses/{course.pk}/roster/").status_code == 403


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"begins_on": "2999-01-01"}, "in the future"),
        ({"begins_on": ""}, "Say on which day it was."),
        ({"begins_on": "2020-01-01"}, "The course runs from"),
        ({"attendance": "-3"}, "0"),
        ({"attendance": "1e9"}, "whole number"),
        ({"class_hours": "99"}, "32"),
        ({"present": ["9" * 12]}, "Select a valid choice"),
        ({"client_uuid": "x"}, "valid UUID"),
    ],
)
def test_a_session_that_cannot_be_is_refused_in_words(head, course, entries, words):
    page = send(head, course, **entries)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize("names", ["", "字" * 61, "张\u202e红", "\n".join(f"名{number}" for number in range(501))])
def test_a_roster_that_cannot_be_is_refused(head, course, names):
    page = head.post(f"/desk/courses/{course.pk}/roster/", {"names": names})
    assert (page.status_code, Learner.objects.count()) == (200, 3)


def test_a_double_tap_logs_one_session(head, course):
    entry = {"attendance": "9", "client_uuid": str(uuid.uuid4())}
    send(head, course, **entry)
    send(head, course, **entry)
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("collection", ["courses", "teams", "works"])
def test_a_list_asks_the_same_number_of_questions_for_three_rows_and_for_thirty(head, district, collection):
    def enter(numbers) -> None:
        for number in numbers:
            by = {"actor": district.station_head_east, "station": district.east}
            course = open_course(**by, title=f"第{number}班", begins_on=district.today)
            add_learners(actor=district.station_head_east, course=course, names=NAMES)
            team = register_team(**by, name=f"第{number}队", members=number)
            head.post(
                "/desk/works/add/",
                {"title": f"第{number}首", "kind": "original", "finished_on": "2026-05-01", "team": team.pk},
            )

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert head.get(f"/desk/{collection}/").status_code == 200
        return len(captured)

    enter(range(3))
    questions()
    few = questions()
    enter(range(3, 30))
    assert questions() == few


def test_a_work_is_entered_with_its_prize(head, district):
    head.post("/desk/works/add/", {"title": "潮起东镇", "kind": "original", "finished_on": "2026-05-01"})
    work = Work.objects.get()
    address = f"/desk/works/{work.pk}/"
    late = head.post(address, {"name": "群星奖", "level": "province", "awarded_on": "2026-04-30"})
    assert "finished only on" in late.content.decode()
    head.post(address, {"name": "群星奖", "level": "province", "awarded_on": "2026-05-02"})
    assert Prize.objects.get().work == work
    assert "群星奖" in head.get("/desk/works/").content.decode()


def test_a_stewards_work_waits_for_the_station(steward, head):
    steward.post("/desk/works/add/", {"title": "采茶", "kind": "performance", "finished_on": "2026-05-01"})
    work = Work.objects.get()
    assert [(one.address, one.number) for one in head.get("/desk/").context["work"]] == [
        ("/desk/works/?state=proposed", "1")
    ]
    head.post(f"/desk/works/{work.pk}/", {"step": "confirm", "version": 1})
    assert Work.objects.get().state == "recorded"


def test_doubles_are_shown_and_merged(head, district):
    by = {"actor": district.station_head_east, "station": district.east}
    kept, doubled = register_team(**by, name="东风合唱团"), register_team(**by, name="冬枫合唱团")
    assert "entered twice" in head.get("/desk/teams/").content.decode()
    assert head.get("/desk/teams/doubles/").context["pairs"] == [(kept, doubled)]
    address = f"/desk/teams/{kept.pk}/merge/{doubled.pk}/"
    assert "side by side" in head.get(address).content.decode()
    assert "Say why" in head.post(address, {"comment": "", "version": 1, "doubled_version": 1}).content.decode()
    head.post(address, {"comment": "重复登记", "version": 1, "doubled_version": 1})
    assert Team.objects.get(pk=doubled.pk).merged_into == kept
    assert head.get("/desk/teams/").context["listing"].rows == [kept]
    assert head.get(f"/desk/teams/{doubled.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=王老师", 1),
        ("q=dfhct", 1),
        ("village=东村", 1),
        ("genre=chorus", 1),
        ("star=3", 0),
        ("active=true", 0),
        ("active=false", 2),
    ],
)
def test_teams_are_found_by_what_people_remember_of_them(head, district, asked, found):
    by = {"actor": district.station_head_east, "station": district.east}
    register_team(**by, name="东风合唱团", leader="王老师", village="东村", genre=district.genre("chorus"))
    register_team(**by, name="夕阳红腰鼓队")
    assert len(head.get(f"/desk/teams/?{asked}").context["listing"].rows) == found
