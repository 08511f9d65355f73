"""The calendar and the pages of plans, as a station's people use them."""

from __future__ import annotations

import uuid
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.actions import plan_activity, plan_series
from activities.models import Activity, Permit, Series, VenueBooking
from culture_admin.workflow.actions import perform
from stations.actions import add_facility


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def room(district):
    return add_facility(
        actor=None,
        station=district.east,
        name="舞蹈房",
        use="排练",
        floor_area=80,
        valid_from=date(2024, 1, 1),
        capacity=40,
    )


@pytest.fixture
def entry(district, room) -> dict[str, object]:
    """What the form of a plan sends for a class in three days."""
    return {
        "title": "排舞公益课",
        "kind": district.kind("PERF").pk,
        "begins_on": (today() + timedelta(days=3)).isoformat(),
        "begins_time": "14:00",
        "ends_time": "16:00",
        "facility": room.pk,
        "client_uuid": str(uuid.uuid4()),
    }


@pytest.fixture
def plan(district):
    def planned(**entries) -> Activity:
        values = {"title": "纳凉晚会", "kind": district.kind("PERF"), "begins_on": today()}
        head = district.station_head_east
        return plan_activity(actor=head, station=district.east, **(values | entries))

    return planned


def faults(answer) -> list[str]:
    assert answer.status_code == 200
    return answer.context["form"].non_field_errors()


def test_a_plan_is_made_published_and_seen_in_the_calendar(head, entry, client, district):
    answer = head.post("/desk/plan/", entry)
    activity = Activity.objects.get()
    assert answer["Location"] == f"/desk/activities/{activity.pk}/"
    assert (activity.state, activity.planned) == ("planned", True)
    head.post(answer["Location"], {"step": "publish", "version": 1})
    for view in ("week", "month"):
        page = head.get("/desk/calendar/", {"view": view, "on": entry["begins_on"]}).content.decode()
        assert page.count("排舞公益课") == 2
    assert (
        "排舞公益课" in client.get(f"/calendar/{district.east.pk}/", {"month": entry["begins_on"][:7]}).content.decode()
    )


def test_what_stands_against_it_is_told_and_done_for_a_reason(head, entry):
    answer = head.post("/desk/plan/", {**entry, "expected": "60"})
    assert faults(answer) == ["“舞蹈房” holds 40 people, not 60."]
    assert 'name="override_reason"' in answer.content.decode()
    assert not Activity.objects.exists()
    head.post("/desk/plan/", {**entry, "expected": "60", "override_reason": "加座"})
    assert Activity.objects.get().expected == 60


def test_a_taken_room_is_told_with_who_has_it(head, entry):
    head.post("/desk/plan/", entry)
    answer = head.post("/desk/plan/", {**entry, "title": "另一场", "client_uuid": str(uuid.uuid4())})
    (message,) = faults(answer)
    assert "排舞公益课" in message
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({"begins_on": "2020-01-01"}, "begins_on"),
        ({"begins_on": "2099-01-01"}, "begins_on"),
        ({"begins_on": ""}, "begins_on"),
        ({"begins_time": "16:00", "ends_time": "14:00"}, "ends_time"),
        ({"expected": "-3"}, "expected"),
        ({"expected": "9999999"}, "expected"),
        ({"facility": "999999"}, "facility"),
        ({"title": ""}, "title"),
        ({"kind": ""}, "kind"),
    ],
)
def test_bad_input_is_told_at_its_field(head, entry, written, field):
    answer = head.post("/desk/plan/", {**entry, **written})
    assert list(answer.context["form"].errors) == [field]
    assert not Activity.objects.exists()


def test_what_is_planned_today_is_logged_in_two_taps_and_the_digits(head, plan):
    activity = plan(begins_time=time(9))
    page = head.get("/desk/")
    assert page.context["planned"] == [activity]
    assert f"/desk/activities/{activity.pk}/log/" in page.content.decode()
    answer = head.post(f"/desk/activities/{activity.pk}/log/", {"attendance": "120", "version": "1"})
    activity.refresh_from_db()
    assert answer["Location"] == f"/desk/activities/{activity.pk}/"
    assert (activity.state, activity.attendance) == ("confirmed", 120)
    assert head.get("/desk/").context["planned"] == []


def test_a_plan_without_a_number_is_asked_for_it(head, plan):
    activity = plan()
    answer = head.post(f"/desk/activities/{activity.pk}/log/", {"version": "1"})
    assert list(answer.context["form"].errors) == ["attendance"]
    head.post(f"/desk/activities/{activity.pk}/log/", {"version": "1", "not_recorded": "on"})
    activity.refresh_from_db()
    assert (activity.state, activity.attendance) == ("confirmed", None)


def test_what_is_still_to_come_offers_no_log(head, plan):
    activity = plan(begins_on=today() + timedelta(days=3))
    page = head.get(f"/desk/activities/{activity.pk}/")
    assert page.context["may_log_planned"] is False
    answer = head.post(f"/desk/activities/{activity.pk}/log/", {"attendance": "5", "version": "1"})
    assert answer.status_code == 200
    assert Activity.objects.get().state == "planned"


def test_a_plan_is_moved_and_says_why(head, plan, entry):
    activity = plan(begins_on=today() + timedelta(days=3))
    moved = (today() + timedelta(days=4)).isoformat()
    body = {**entry, "begins_on": moved, "ends_on": "", "comment": "下雨", "version": "1"}
    answer = head.post(f"/desk/activities/{activity.pk}/correct/", body)
    activity.refresh_from_db()
    assert answer.status_code == 302
    assert (str(activity.begins_on), str(activity.ends_on)) == (moved, moved)
    assert VenueBooking.objects.booked().get().activity == activity


def test_a_series_is_planned_shown_and_ended(head, entry, district):
    body = {
        **entry,
        "weekdays": ["2", "4"],
        "every": "1",
        "begins_on": today().isoformat(),
        "ends_on": (today() + timedelta(days=30)).isoformat(),
    }
    answer = head.post("/desk/plan/series/", body)
    series = Series.objects.get()
    assert answer["Location"] == f"/desk/series/{series.pk}/"
    number = series.activities.count()
    assert number >= 8
    assert head.get(answer["Location"]).content.decode().count("/desk/activities/") >= number
    ended = {"after": today().isoformat(), "reason": "老师调离", "version": "1"}
    head.post(answer["Location"], ended)
    assert series.activities.filter(state="cancelled", begins_on__gt=today()).count() >= number - 1


def test_a_log_of_long_ago_asks_why_so_late(head, district):
    body = {
        "title": "补登",
        "kind": district.kind("PERF").pk,
        "begins_on": (today() - timedelta(days=40)).isoformat(),
        "attendance": "50",
        "client_uuid": str(uuid.uuid4()),
    }
    answer = head.post("/desk/log/", body)
    assert list(answer.context["form"].errors) == ["late_reason"]
    head.post("/desk/log/", {**body, "late_reason": "台账整理时发现"})
    activity = Activity.objects.get()
    assert activity.late
    assert "台账整理时发现" in head.get(f"/desk/activities/{activity.pk}/").content.decode()


def test_the_six_haves_are_told_before_it_is_confirmed(steward, entry):
    answer = steward.post("/desk/log/", {**entry, "begins_on": today().isoformat(), "attendance": "30"})
    page = steward.get(answer["Location"])
    assert [str(have) for have in page.context["missing"]] == ["what was done", "what came of it", "a photo or file"]


def test_a_large_event_owes_its_permit_until_it_is_recorded(head, plan):
    activity = plan(begins_on=today() + timedelta(days=60), expected=1200)
    page = head.get(f"/desk/activities/{activity.pk}/")
    assert page.context["permit_duty"].due_on == today() + timedelta(days=40)
    body = {"number": "2026-1", "authority": "公安局", "granted_on": today().isoformat()}
    head.post(f"/desk/activities/{activity.pk}/permit/", body)
    assert Permit.objects.get().activity == activity
    assert head.get(f"/desk/activities/{activity.pk}/").context["permit_duty"] is None
    small = plan(title="小活动")
    assert head.get(f"/desk/activities/{small.pk}/permit/").status_code == 404


def test_a_room_is_booked_for_a_meeting(head, room):
    body = {
        "facility": room.pk,
        "purpose": "会议",
        "day": today().isoformat(),
        "begins_time": "22:00",
        "ends_time": "00:00",
    }
    assert head.post("/desk/book/", body).status_code == 302
    booking = VenueBooking.objects.get()
    assert (booking.ends_at - booking.begins_at) == timedelta(hours=2)
    assert "会议" in head.get("/desk/calendar/").content.decode()


def test_the_calendar_shows_only_what_one_may_see(sign_in, plan):
    plan()
    assert "纳凉晚会" in sign_in("station_head_east").get("/desk/calendar/").content.decode()
    assert "纳凉晚会" in sign_in("bureau_admin").get("/desk/calendar/").content.decode()
    for other in ("station_head_west", "bureau_admin_elsewhere", "steward_east"):
        assert "纳凉晚会" not in sign_in(other).get("/desk/calendar/").content.decode()


@pytest.mark.parametrize(
    "query", ["?on=x", "?on=0001-01-01", "?on=9999-12-31", "?view=year", "?station=x", "?room=-1", "?foo=1"]
)
def test_a_question_the_calendar_cannot_answer_is_told(head, query):
    assert head.get(f"/desk/calendar/{query}").status_code in (400, 404)


@pytest.mark.parametrize("view", ["week", "month"])
def test_the_calendar_asks_as_often_for_three_as_for_thirty(head, plan, room, view):
    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert head.get("/desk/calendar/", {"view": view}).status_code == 200
        return len(captured)

    for number in range(3):
        plan(title=f"第{number}场")
    questions()
    few = questions()
    for number in range(27):
        plan(title=f"又{number}场", facility=room)
    assert questions() == few


def test_a_changed_session_still_leads_to_its_series(head, district, plan):
    series = plan_series(
        actor=district.station_head_east,
        station=district.east,
        title="周课",
        kind=district.kind("TRNG"),
        weekdays=[1, 2, 3, 4, 5, 6, 7],
        begins_on=today(),
        ends_on=today() + timedelta(days=6),
        skips_holidays=False,
    )
    activity = series.activities.first()
    perform(activity, "publish", actor=district.station_head_east)
    assert f"/desk/series/{series.pk}/" in head.get(f"/desk/activities/{activity.pk}/").content.decode()
