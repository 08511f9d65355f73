"""Courses: session hours are not person-hours, attendances are not people, and a roster counts by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from activities.actions import (
    add_learner,
    add_learners,
    change_activity,
    change_course,
    change_learner,
    close_course,
    log_activity,
    log_planned,
    log_session,
    open_course,
    plan_activity,
    plan_series,
)
from activities.actions.roster import roster_of
from activities.metrics.figures import figures_of
from activities.models import Activity, Course, Learner, Presence
from culture_admin.accounts.asking import NotPermitted
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Decision
from tests.district import NOW, TODAY

NAMES = ("张红", "李梅", "王芳", "赵兰")
HOURS = 2 * 45 * 60


@pytest.fixture
def course(district) -> Course:
    """A course of the east station with four learners, two class hours a session."""
    course = open_course(
        actor=district.station_head_east,
        at=NOW,
        station=district.east,
        title="书法入门班",
        genre=district.genre("calligraphy"),
        begins_on=date(2026, 5, 4),
        class_seconds=HOURS,
        room="三楼书画室",
    )
    add_learners(actor=district.station_head_east, course=course, names=NAMES, at=NOW)
    return course


@pytest.fixture
def held(district, course):
    """Logs a session of a day, by the learners who came."""

    def log(day: int, *names: str, **entries) -> Activity:
        present = entries.pop("present", None) or (list(course.learners.filter(name__in=names)) if names else None)
        actor = entries.pop("actor", district.station_head_east)
        return log_session(actor=actor, at=NOW, course=course, begins_on=date(2026, 5, day), present=present, **entries)

    return log


def test_a_session_takes_from_its_course_what_is_not_said(held, course, district):
    session = held(5, "张红")
    assert (session.title, session.genre, session.venue) == ("书法入门班", district.genre("calligraphy"), "三楼书画室")
    assert (session.class_seconds, session.kind.is_session, session.course) == (HOURS, True, course)
    assert session.state == "confirmed"


def test_the_five_numbers_of_a_course_are_five_numbers(held, course, district):
    held(5, *NAMES)
    held(12, "张红", "李梅")
    figures = figures_of(district.station_head_east, [course])[course.pk]
    assert figures == {"sessions": 2, "class_hours": 4, "person_hours": 12, "attendances": 6, "people": 4}


def test_people_are_counted_once_and_only_if_they_ever_came(held, course):
    held(5, "张红", "李梅")
    held(12, "张红", "李梅")
    answer = read(["activities.person_times", "activities.learners"], period=Period(date(2026, 5, 1), TODAY))
    assert answer.total.values == {"activities.person_times": 4, "activities.learners": 2}


def test_what_waits_for_the_station_does_not_count_yet(held, course, district):
    session = held(5, "张红", actor=district.steward_east)
    assert session.state == "logged"
    assert figures_of(district.station_head_east, [course])[course.pk]["people"] == 0
    perform(session, "confirm", actor=district.station_head_east, at=NOW)
    assert figures_of(district.station_head_east, [course])[course.pk]["people"] == 1


def test_of_heads_nobody_knows_how_many_different_people_they_were(held, course, district):
    session = held(5, attendance=30)
    assert (session.counted_by, session.attendance) == ("heads", 30)
    figures = figures_of(district.station_head_east, [course])[course.pk]
    assert (figures["attendances"], figures["people"]) == (30, None)


def test_the_roster_counts_and_a_number_beside_it_must_be_the_same(held, course):
    session = held(5, "张红", "李梅", "王芳")
    assert (session.attendance, session.counted_by) == (3, "roster")
    assert held(6, "张红", attendance=1).attendance == 1
    with pytest.raises(ValidationError) as refused:
        held(12, "张红", attendance=30)
    assert refused.value.error_dict["attendance"][0].code == "roster_counts"


def test_a_number_the_roster_gave_is_changed_by_the_roster_alone(held, course, district):
    session = held(5, "张红", "李梅")
    with pytest.raises(ValidationError):
        change_activity(actor=district.station_head_east, activity=session, at=NOW, attendance=5)
    changed = change_activity(
        actor=district.station_head_east, activity=session, at=NOW, present=list(course.learners.filter(name="王芳"))
    )
    assert changed.attendance == 1
    assert dict(Presence.objects.values_list("learner__name", "present")) == {
        "张红": False,
        "李梅": False,
        "王芳": True,
        "赵兰": False,
    }


def test_the_roster_is_offered_with_everybody_ticked_who_is_on_it_that_day(held, course, district):
    head = district.station_head_east
    left = course.learners.get(name="赵兰")
    change_learner(actor=head, learner=left, left_on=date(2026, 5, 10))
    new = Activity(course=course, begins_on=date(2026, 5, 12))
    new.pk = 0
    assert [(learner.name, ticked) for learner, ticked in roster_of(new)] == [(name, True) for name in NAMES[:3]]
    kept = held(5, "李梅")
    assert {learner.name for learner, ticked in roster_of(kept) if ticked} == {"李梅"}


def test_another_stations_course_is_refused(district, course):
    elsewhere = open_course(
        actor=district.station_head_west, at=NOW, station=district.west, title="舞蹈班", begins_on=date(2026, 5, 4)
    )
    with pytest.raises(ValidationError) as refused:
        log_activity(
            actor=district.station_head_east,
            at=NOW,
            station=district.east,
            title="课",
            kind=district.kind("TRNG"),
            begins_on=TODAY,
            course=elsewhere,
        )
    assert "course" in refused.value.error_dict


def test_another_courses_learner_is_refused_like_a_missing_one(held, district):
    other = open_course(
        actor=district.station_head_east, at=NOW, station=district.east, title="合唱班", begins_on=date(2026, 5, 4)
    )
    stranger = add_learner(actor=district.station_head_east, course=other, name="周敏", at=NOW)
    with pytest.raises(ValidationError) as refused:
        held(5, present=[stranger])
    assert refused.value.error_dict["present"][0].code == "does_not_exist"


@pytest.mark.parametrize(
    ("field", "entries"),
    [
        ("kind", {"kind": "PERF"}),
        ("begins_on", {"day": 3}),
    ],
)
def test_a_session_fits_its_course(held, district, field, entries):
    if "kind" in entries:
        entries = {"kind": district.kind("PERF")}
    with pytest.raises(ValidationError) as refused:
        held(entries.pop("day", 5), "张红", **entries)
    assert set(refused.value.error_dict) == {field}


def test_a_course_is_closed_with_the_number_who_finished(course, district):
    head = district.station_head_east
    with pytest.raises(StepRefused) as refused:
        perform(course, "close", actor=head, at=NOW)
    assert refused.value.code == "completed_missing"
    with pytest.raises(ValidationError):
        close_course(actor=head, course=course, completed=5, at=NOW)
    closed = close_course(actor=head, course=course, completed=0, at=NOW, seen=course.version)
    assert (closed.state, closed.completed) == ("closed", 0)


def test_a_closed_course_takes_no_session(held, course, district):
    close_course(actor=district.station_head_east, course=course, completed=3, at=NOW)
    course.refresh_from_db()
    with pytest.raises(ValidationError) as refused:
        held(12, "张红")
    assert refused.value.error_dict["course"][0].code == "course_closed"


@pytest.fixture
def session_ahead(course, district):
    """Plans a session a day after today, of the course as it is now."""

    def planned(**entries) -> Activity:
        values = {"actor": district.station_head_east, "at": NOW, "station": district.east, "title": "书法"}
        values |= {"kind": district.kind("TRNG"), "begins_on": TODAY + timedelta(days=1)}
        return plan_activity(course=Course.objects.get(pk=course.pk), **(values | entries))

    return planned


@pytest.mark.parametrize("step", ["close", "void"])
def test_with_a_course_fall_its_sessions_ahead_and_none_is_planned(course, district, session_ahead, step):
    head, session, held = district.station_head_east, session_ahead(), session_ahead(begins_on=TODAY)
    perform(held, "hold", actor=head, at=NOW)
    if step == "close":
        close_course(actor=head, course=course, completed=0, at=NOW)
    else:
        perform(course, step, actor=head, at=NOW, comment="误开")
    course.refresh_from_db()
    session.refresh_from_db()
    assert session.state == "cancelled"
    assert "书法入门班" in Decision.objects.get(step="cancel").comment
    rule = {"weekdays": [2], "ends_on": TODAY + timedelta(days=30)}
    shared = {"actor": head, "at": NOW, "station": district.east, "title": "书法", "kind": district.kind("TRNG")}
    for verb, entries in (
        (session_ahead, {}),
        (plan_series, {**shared, **rule, "begins_on": TODAY, "course": Course.objects.get(pk=course.pk)}),
        (log_planned, {"actor": head, "at": NOW, "activity": held, "attendance": 5}),
        (add_learner, {"actor": head, "course": course, "name": "孙丽"}),
        (add_learners, {"actor": head, "course": course, "names": ["孙丽"]}),
    ):
        with pytest.raises(ValidationError) as refused:
            verb(**entries)
        assert refused.value.error_dict["course"][0].code == "course_closed"


def test_a_course_is_not_moved_off_its_sessions(held, course, district, session_ahead):
    held(5, "张红")
    session_ahead()
    head = district.station_head_east
    for field, day in (("begins_on", date(2026, 5, 6)), ("ends_on", TODAY)):
        with pytest.raises(ValidationError) as refused:
            change_course(actor=head, course=course, at=NOW, **{field: day})
        assert refused.value.error_dict[field][0].code == "session_outside"
    days = {"begins_on": date(2026, 5, 5), "ends_on": TODAY + timedelta(days=1)}
    assert change_course(actor=head, course=course, at=NOW, **days).begins_on == date(2026, 5, 5)


def test_a_roster_counts_and_does_not_estimate(held, district):
    with pytest.raises(ValidationError) as refused:
        change_activity(actor=district.station_head_east, activity=held(5, "张红"), at=NOW, estimated=True)
    assert set(refused.value.error_dict) == {"estimated"}


def test_names_pasted_twice_stand_on_the_roster_once(course, district):
    head = district.station_head_east
    assert [learner.name for learner in add_learners(actor=head, course=course, names=["张红", "钱英", "钱英"])] == [
        "钱英"
    ]
    with pytest.raises(ValidationError):
        add_learner(actor=head, course=course, name="张红")


def test_a_stewards_course_waits_for_the_station(district):
    course = open_course(
        actor=district.steward_east, at=NOW, station=district.east, title="越剧班", begins_on=date(2026, 5, 4)
    )
    assert (course.state, course.steward.name) == ("proposed", "陈琴")
    perform(course, "confirm", actor=district.station_head_east, at=NOW)
    assert course.state == "open"


def test_courses_count_by_their_first_day_once_they_begin(course, district):
    open_course(
        actor=district.station_head_east, at=NOW, station=district.east, title="秋季班", begins_on=date(2099, 9, 1)
    )
    assert read("activities.courses", where={"year": "2026"}).total.values["activities.courses"] == 1
    assert not read("activities.courses", where={"year": "2099"}).total.values["activities.courses"]
    perform(course, "void", actor=district.station_head_east, comment="误开", at=NOW)
    assert not read("activities.courses", where={"year": "2026"}).total.values["activities.courses"]


@pytest.mark.parametrize(
    ("who", "sees"),
    [("station_head_east", 4), ("service", 4), ("station_head_west", 0), ("town_officer_east", 0), ("observer", 0)],
)
def test_names_are_seen_by_those_who_need_them(course, district, who, sees):
    assert Learner.objects.visible_to(getattr(district, who)).count() == sees


def test_only_who_keeps_the_course_writes_its_roster(course, district):
    with pytest.raises(NotPermitted):
        add_learner(actor=district.service, course=course, name="孙丽")
