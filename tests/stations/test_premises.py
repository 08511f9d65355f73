"""The week a station is open is the union of its rooms' hours; closures are announced ahead and bind who plans."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.actions import book_room, plan_activity
from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import StepRefused, perform
from stations.actions import add_facility, change_closure, change_facility, file_closure
from stations.actions.premises import week_of
from stations.models import Closure, OpeningWeek, Week
from tests.district import NOW, TODAY

LAST_YEAR = date(2025, 1, 1)


def room(district, **entries):
    values = {"name": "舞蹈房", "use": "排练", "floor_area": 80, "valid_from": LAST_YEAR, "station": district.east}
    return add_facility(actor=None, **(values | entries))


def shut(district, days: int, **entries) -> Closure:
    begins_on = TODAY + timedelta(days=days)
    values = {"begins_on": begins_on, "ends_on": begins_on + timedelta(days=2), "reason": "消防改造"}
    return file_closure(actor=district.station_head_east, at=NOW, station=district.east, **(values | entries))


def hours(day: date, **where):
    return read("stations.weekly_hours", as_of=day, at=NOW, where=where).total.values["stations.weekly_hours"]


def test_hours_of_several_rooms_are_counted_once():
    week = Week.together(["1-5 08:30-11:30,13:00-17:00", "1-2 11:00-13:30; 6 09:00-12:00", ""])
    assert week.days[1] == [(time(8, 30), time(17))]
    assert week.days[3] == [(time(8, 30), time(11, 30)), (time(13), time(17))]
    assert week.minutes == 2 * 510 + 3 * 420 + 180
    with translation.override("en"):
        assert week.lines() == [
            ("Mon – Tue", "08:30–17:00"),
            ("Wed – Fri", "08:30–11:30, 13:00–17:00"),
            ("Sat", "09:00–12:00"),
        ]


SPANS = st.tuples(st.integers(0, 1438), st.integers(1, 1439)).filter(lambda span: span[0] < span[1])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 7), SPANS), max_size=8))
def test_a_union_is_what_is_open_minute_by_minute(entries):
    def clock(minute: int) -> str:
        return f"{minute // 60:02}:{minute % 60:02}"

    texts = [f"{day} {clock(first)}-{clock(last)}" for day, (first, last) in entries]
    open_minutes = {(day, minute) for day, (first, last) in entries for minute in range(first, last)}
    assert Week.together(texts).minutes == len(open_minutes)


def test_the_week_follows_the_rooms_and_the_past_stays(district):
    dance = room(district, opening_hours="1-5 09:00-17:00")
    assert hours(TODAY) == 40
    room(district, name="画室", opening_hours="1-7 14:00-21:00", valid_from=date(2026, 7, 1))
    assert [hours(day) for day in (LAST_YEAR, TODAY, date(2026, 7, 1))] == [40, 40, 74]
    change_facility(actor=district.station_head_east, facility=dance, at=NOW, opening_hours="1-2 09:00-12:00")
    assert [hours(day) for day in (LAST_YEAR, TODAY - timedelta(days=1), TODAY, date(2026, 7, 1))] == [40, 40, 6, 55]
    change_facility(actor=district.service, facility=dance, at=NOW, valid_to=date(2026, 6, 1))
    assert [hours(day) for day in (TODAY, date(2026, 6, 1), date(2026, 7, 1))] == [6, None, 49]
    assert not OpeningWeek.objects.filter(valid_from=date(2026, 6, 1)).exists()
    assert week_of(district.east, TODAY).minutes == 360


def test_over_several_stations_the_mean_is_of_those_that_entered_hours(district):
    room(district, opening_hours="1-5 09:00-17:00")
    room(district, station=district.west, opening_hours="1-7 09:00-17:00")
    room(district, station=district.elsewhere)
    assert hours(TODAY) == 48
    assert hours(TODAY, station=[district.elsewhere.pk]) is None


def test_the_station_keeps_hours_and_seats_the_bureau_areas(district):
    dance, head = room(district), district.station_head_east
    changed = change_facility(actor=head, facility=dance, at=NOW, capacity=40, opening_hours="1-5 09:00-17:00")
    assert (changed.capacity, changed.version) == (40, 2)
    for entries in ({"floor_area": 90}, {"valid_to": TODAY}, {"capacity": 50, "use": "出租"}):
        with pytest.raises(PermissionDenied):
            change_facility(actor=head, facility=dance, at=NOW, **entries)
    assert change_facility(actor=district.service, facility=dance, at=NOW, floor_area=90).floor_area == 90
    with pytest.raises(StepRefused):
        change_facility(actor=head, facility=dance, at=NOW, seen=1, capacity=1)


@pytest.mark.parametrize(
    ("position", "field"),
    [
        (("30.17", None), "longitude"),
        ((None, "121.26"), "latitude"),
        (("-30.1", "121.2"), "latitude"),
        (("30.1", "1.2"), "longitude"),
        (("30.1234567", "121.2"), "latitude"),
    ],
)
def test_a_position_is_whole_and_in_the_country(district, position, field):
    latitude, longitude = (value and Decimal(value) for value in position)
    with pytest.raises(ValidationError) as refused:
        room(district, latitude=latitude, longitude=longitude)
    assert list(refused.value.error_dict) == [field]
    room(district, latitude=Decimal("30.174321"), longitude=Decimal("121.264915"))


@pytest.mark.parametrize(("days", "late"), [(7, False), (30, False), (6, True), (0, True), (-3, True)])
def test_what_is_announced_late_is_kept_and_marked(district, days, late):
    closure = shut(district, days)
    assert (closure.late, closure.notice_days, closure.state) == (late, 7, "filed")
    assert list(Closure.objects.published()) == [closure]


def test_days_added_too_late_make_a_closure_late(district):
    closure = shut(district, 10)
    longer = change_closure(
        actor=district.station_head_east, closure=closure, at=NOW, ends_on=closure.ends_on + timedelta(days=5)
    )
    assert not longer.late
    later = NOW + timedelta(days=15)
    longest = change_closure(
        actor=district.station_head_east, closure=closure, at=later, ends_on=longer.ends_on + timedelta(days=1)
    )
    assert longest.late
    perform(longest, "withdraw", actor=district.station_officer_east, at=NOW, comment="工期取消")
    with pytest.raises(StepRefused):
        change_closure(actor=district.station_head_east, closure=closure, at=NOW, reason="x")
    assert not Closure.objects.published().exists()


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"ends_on": TODAY}, "ends_on"),
        ({"ends_on": date(2099, 1, 1)}, "ends_on"),
        ({"begins_on": date(2030, 1, 1), "ends_on": date(2030, 1, 2)}, "begins_on"),
        ({"begins_on": date(2020, 1, 1)}, "begins_on"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_closure_that_cannot_be_is_refused_at_its_field(district, entries, field):
    with pytest.raises(ValidationError) as refused:
        shut(district, 10, **entries)
    assert list(refused.value.error_dict) == [field]


def test_only_the_station_and_the_bureau_announce(district):
    for who in ("town_officer_east", "station_head_west", "bureau_admin_elsewhere", "observer"):
        with pytest.raises(PermissionDenied):
            file_closure(
                actor=getattr(district, who), at=NOW, station=district.east, begins_on=TODAY, ends_on=TODAY, reason="x"
            )
    with pytest.raises(ValidationError) as refused:
        shut(district, 10, facility=room(district, station=district.west))
    assert list(refused.value.error_dict) == ["facility"]


def planned(district, day: date, **entries):
    values = {"title": "排舞", "kind": district.kind("PERF"), "begins_on": day, "station": district.east}
    return plan_activity(actor=district.station_head_east, at=NOW, **(values | entries))


def test_who_plans_in_a_closed_room_is_told_and_may_do_it_for_a_reason(district):
    dance, other = room(district), room(district, name="画室")
    closure = shut(district, 10, facility=dance)
    with pytest.raises(StepRefused) as refused:
        planned(district, closure.ends_on, facility=dance)
    assert [reason.code for reason in refused.value.reasons] == ["room_closed"]
    assert "消防改造" in refused.value.text
    assert planned(district, closure.ends_on, facility=dance, override_reason="工程提前结束").pk
    assert planned(district, closure.ends_on, facility=other, title="书法").pk
    assert planned(district, closure.ends_on + timedelta(days=1), facility=dance, title="太极").pk
    assert planned(district, closure.ends_on, title="进村演出", venue="东村").pk


def test_with_the_station_every_room_is_shut_and_none_is_booked(district):
    dance, closure = room(district), shut(district, 10)
    begins = NOW + timedelta(days=11)
    with pytest.raises(ValidationError, match="消防改造") as refused:
        book_room(
            actor=district.station_head_east,
            at=NOW,
            facility=dance,
            purpose="会议",
            begins_at=begins,
            ends_at=begins + timedelta(hours=1),
        )
    assert list(refused.value.error_dict) == ["facility"]
    perform(closure, "withdraw", actor=district.station_head_east, at=NOW, comment="取消")
    assert planned(district, closure.begins_on, facility=dance).pk
