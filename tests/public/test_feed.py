"""The feed of a station: only what was published, as calendars read it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from activities.actions import change_activity, plan_activity
from activities.models import Activity
from culture_admin.accounts.models import Unit
from culture_admin.workflow.actions import perform


@pytest.fixture
def plan(district):
    """Plans something of the east station in three days, and publishes it unless told otherwise."""

    def planned(*, publish: bool = True, **entries) -> Activity:
        head = district.station_head_east
        day = timezone.localdate() + timedelta(days=3)
        values = {"title": "排舞公益课", "kind": district.kind("PERF"), "begins_on": day}
        activity = plan_activity(actor=head, station=district.east, **(values | entries))
        if publish:
            perform(activity, "publish", actor=head)
        return activity

    return planned


def events(client, name) -> dict[str, object]:
    answer = client.get(f"/calendar/{name}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return {str(event["summary"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def month(activity: Activity) -> str:
    """The month the page has to be opened at: in three days it may be the next one."""
    return f"{activity.begins_on:%Y-%m}"


def test_what_is_published_is_in_it_and_nothing_else(client, district, plan):
    plan()
    plan(title="草稿", publish=False)
    district.log(title="补登的")
    assert list(events(client, district.east.pk)) == ["排舞公益课"]
    assert list(events(client, "990101101")) == ["排舞公益课"]
    assert events(client, district.west.pk) == {}


def test_hours_are_instants_and_without_an_hour_it_is_the_whole_day(client, district, plan):
    plan(begins_time=time(14), ends_time=time(16), venue="镇广场")
    plan(title="展览", ends_on=timezone.localdate() + timedelta(days=5))
    found = events(client, district.east.pk)
    day = timezone.localdate() + timedelta(days=3)
    timed, whole = found["排舞公益课"], found["展览"]
    assert timed["dtstart"].dt == datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    assert timed["dtend"].dt == datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    assert str(timed["location"]) == "镇广场"
    assert (whole["dtstart"].dt, whole["dtend"].dt) == (day, day + timedelta(days=3))
    assert type(whole["dtstart"].dt) is date


def test_a_change_keeps_its_uid_and_a_cancelled_one_says_so(client, district, plan):
    activity, head = plan(), district.station_head_east
    before = events(client, district.east.pk)["排舞公益课"]
    activity = change_activity(actor=head, activity=activity, title="排舞公益课（改）")
    perform(activity, "cancel", actor=head, comment="台风")
    (after,) = events(client, district.east.pk).values()
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert str(after["status"]) == "CANCELLED"


def test_what_is_written_inside_leaves_by_no_public_door(client, district, plan):
    """Once it was held, what was done is the station's to know, and a name may stand in it."""
    activity = plan(content="计划：排舞教学")
    Activity.objects.filter(pk=activity.pk).update(state="logged", content="陈琴迟到二十分钟", effect="有人投诉")
    for address in (f"/calendar/{district.east.pk}.ics", f"/calendar/{district.east.pk}/?month={month(activity)}"):
        text = client.get(address).content.decode()
        assert "排舞公益课" in text
        for inside in ("陈琴", "投诉"):
            assert inside not in text


def test_the_page_and_the_feed_name_and_miss_stations_alike(client, district, plan):
    activity = plan()
    for name in (district.east.pk, "990101101"):
        assert "排舞公益课" in client.get(f"/calendar/{name}/?month={month(activity)}").content.decode()
    Unit.objects.filter(pk=district.east.pk).update(valid_to=timezone.localdate())
    for address in (f"/calendar/{district.east.pk}/", f"/calendar/{district.east.pk}.ics"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("asked", ["?x=1", "?month=2024-05", "?language=fr", "?language=en&language=en"])
def test_a_feed_asked_for_what_it_does_not_know_says_so(client, district, asked):
    assert client.get(f"/calendar/{district.east.pk}.ics{asked}").status_code == 400


def test_a_feed_speaks_the_language_of_its_address(client, district, plan):
    perform(plan(), "cancel", actor=district.station_head_east, comment="台风")
    for language, said in (("en", "Cancelled"), ("zh-hans", "取消")):
        text = client.get(f"/calendar/{district.east.pk}.ics?language={language}").content.decode()
        assert said in text


@pytest.mark.parametrize("name", ["0", "999999", "990109999", "x", "１２", "9" * 40, "-1"])
def test_a_station_that_is_not_there_is_not_found(client, district, name):
    assert client.get(f"/calendar/{name}.ics").status_code == 404


def test_nothing_of_people_is_in_it(client, district, plan):
    plan(posting=district.posting("east"), note="联系人 13800000000", expected=60)
    text = client.get(f"/calendar/{district.east.pk}.ics").content.decode()
    assert "13800000000" not in text
    assert "陈琴" not in text


def test_as_many_questions_for_three_as_for_thirty(client, district, plan, django_assert_num_queries):
    for number in range(3):
        plan(title=f"第{number}场")
    with django_assert_num_queries(3):
        client.get(f"/calendar/{district.east.pk}.ics")
    for number in range(27):
        plan(title=f"又{number}场")
    with django_assert_num_queries(3):
        client.get(f"/calendar/{district.east.pk}.ics")
