"""Rooms are booked once at a time, by the database; what else stands against a plan is told, and done for a reason."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone, translation

from activities.actions import book_room, change_activity, move_booking, plan_activity
from activities.actions.clashes import clashes_of
from activities.models import Activity, VenueBooking
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Decision
from stations.actions import add_facility
from stewards.actions import post_steward
from tests.district import NOW, TODAY, District

DAY = TODAY + timedelta(days=5)
HOURS = {"begins_time": time(14), "ends_time": time(16)}


def make_room(district, station=None, **entries):
    values = {"name": "舞蹈房", "use": "排练", "floor_area": 80, "valid_from": date(2024, 1, 1)}
    return add_facility(actor=None, station=station or district.east, **(values | entries))


def plan(district, **entries) -> Activity:
    values = {
        "actor": district.station_head_east,
        "at": NOW,
        "station": district.east,
        "title": "排舞",
        "kind": district.kind("PERF"),
        "begins_on": DAY,
    }
    return plan_activity(**(values | entries))


def at(clock: str) -> datetime:
    return timezone.make_aware(datetime.combine(DAY, time.fromisoformat(clock)))


def refused(verb, *args, **entries) -> StepRefused:
    with pytest.raises(StepRefused) as error:
        verb(*args, **entries)
    return error.value


@pytest.mark.parametrize(
    ("begins", "ends", "taken"),
    [
        ("13:00", "14:00", False),
        ("16:00", "18:00", False),
        ("13:00", "14:01", True),
        ("15:59", "17:00", True),
        ("14:30", "15:00", True),
        ("12:00", "20:00", True),
    ],
)
def test_a_room_is_taken_from_its_begin_until_before_its_end(district, begins, ends, taken):
    room = make_room(district)
    plan(district, facility=room, **HOURS)
    entries = {
        "facility": room,
        "begins_time": time.fromisoformat(begins),
        "ends_time": time.fromisoformat(ends),
        "title": "另一场",
    }
    if not taken:
        assert plan(district, **entries).pk
        return
    error = refused(plan, district, **entries)
    assert error.code == "room_taken"
    assert f"{DAY} 14:00" in error.text
    assert "排舞" in error.text
    assert Activity.objects.count() == 1


def test_another_room_is_free_and_a_plan_without_hours_books_none(district):
    room, other = make_room(district), make_room(district, name="排练厅")
    plan(district, facility=room, **HOURS)
    plan(district, facility=other, **HOURS)
    plan(district, facility=room, begins_time=time(14))
    assert VenueBooking.objects.booked().count() == 2


def test_of_two_at_the_same_moment_one_gets_the_room(committed_db):
    """Both have looked and found it free; the exclusion constraint lets one of them write."""
    district, ready = District(), Barrier(2)
    room = make_room(district)

    def attempt(title: str) -> str:
        try:
            ready.wait(timeout=10)
            plan(District(), title=title, facility=room, **HOURS)
            return "planned"
        except StepRefused as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(attempt, ["甲", "乙"]))
    assert outcomes == ["planned", "room_taken"]
    assert (Activity.objects.count(), VenueBooking.objects.count()) == (1, 1)


def test_moving_moves_the_booking_and_cancelling_frees_it(district):
    room, head = make_room(district), district.station_head_east
    activity = plan(district, facility=room, **HOURS)
    change_activity(actor=head, activity=activity, at=NOW, begins_time=time(9), ends_time=time(11))
    booking = VenueBooking.objects.get()
    assert (booking.state, booking.begins_at, booking.version) == ("booked", at("09:00"), 2)
    change_activity(actor=head, activity=activity, at=NOW, facility=None)
    assert VenueBooking.objects.get().state == "cancelled"
    change_activity(actor=head, activity=activity, at=NOW, facility=room)
    perform(activity, "cancel", actor=head, comment="台风", at=NOW)
    assert not VenueBooking.objects.booked().exists()


def test_a_log_with_a_room_and_hours_has_booked_it_too(district):
    room, day = make_room(district), TODAY - timedelta(days=1)
    activity = district.log(facility=room, begins_on=day, **HOURS)
    assert VenueBooking.objects.booked().get().activity == activity
    assert refused(district.log, facility=room, begins_on=day, title="又一场", **HOURS).code == "room_taken"


def test_a_log_in_the_room_of_its_plan_is_told_to_log_the_plan(district):
    room = make_room(district)
    planned = plan(district, begins_on=TODAY, facility=room, **HOURS)
    with translation.override("en"):
        refusal = refused(district.log, title="排舞", begins_on=TODAY, facility=room, **HOURS)
    assert (refusal.code, f"log the plan (id {planned.pk})" in refusal.text) == ("room_taken", True)
    assert "log the plan" not in refused(plan, district, begins_on=TODAY, facility=room, **HOURS).text


def test_a_returned_log_keeps_its_room(district):
    room, day = make_room(district), TODAY - timedelta(days=1)
    activity = district.log(actor=district.steward_east, facility=room, begins_on=day, **HOURS)
    perform(activity, "return", actor=district.station_head_east, comment="人数", at=NOW)
    change_activity(actor=district.steward_east, activity=activity, at=NOW, note="重数了")
    assert VenueBooking.objects.booked().get().activity == activity
    assert refused(district.log, facility=room, begins_on=day, title="又一场", **HOURS).code == "room_taken"


def test_a_room_that_was_given_up_holds_nothing_from_that_day_on(district):
    room, head = make_room(district, valid_to=DAY), district.station_head_east
    plan(district, facility=room, begins_on=DAY - timedelta(days=1), **HOURS)
    with pytest.raises(ValidationError) as error:
        plan(district, facility=room, **HOURS)
    assert set(error.value.error_dict) == {"facility"}
    with pytest.raises(ValidationError) as error:
        book_room(actor=head, at=NOW, facility=room, purpose="会", begins_at=at("09:00"), ends_at=at("10:00"))
    assert set(error.value.error_dict) == {"facility"}


def test_a_log_above_the_capacity_is_kept_and_told(district):
    activity = district.log(facility=make_room(district, capacity=40), attendance=60)
    assert [clash.code for clash in clashes_of([activity])] == ["over_capacity"]


def test_a_room_of_another_station_is_refused(district):
    foreign = make_room(district, district.west)
    with pytest.raises(ValidationError) as error:
        plan(district, facility=foreign, **HOURS)
    assert list(error.value.error_dict) == ["facility"]


# --- what else stands against it ---


def test_what_stands_against_it_is_all_told_and_done_for_a_reason(district):
    room = make_room(district, capacity=40, opening_hours="1-7 08:30-15:00")
    entries = {"facility": room, "expected": 60, **HOURS}
    error = refused(plan, district, **entries)
    assert (error.code, [code for code, _text, _field in error.reasons]) == (
        "clash",
        ["over_capacity", "outside_hours"],
    )
    activity = plan(district, override_reason="已与物业说好", **entries)
    assert Decision.objects.about(activity).get().comment == "已与物业说好"


@pytest.mark.parametrize(
    ("entries", "codes"),
    [
        ({"venue": "镇广场"}, ["place_busy"]),
        ({"venue": "村口"}, []),
        ({"venue": "镇广场", "begins_time": time(16), "ends_time": time(17)}, []),
        ({"venue": "镇广场", "begins_time": None, "ends_time": None}, []),
        ({"venue": "镇广场", "ends_time": None}, ["place_busy"]),
    ],
)
def test_the_same_place_at_the_same_time(district, entries, codes):
    plan(district, venue="镇广场", **HOURS)
    values = {**HOURS, **entries, "title": "另一场"}
    if codes:
        assert [code for code, _text, _field in refused(plan, district, **values).reasons] == codes
    else:
        assert plan(district, **values).pk


def test_a_steward_is_not_at_two_places_and_a_foreign_title_stays_foreign(district):
    steward = district.posting("east").steward
    post_steward(actor=None, steward=steward, station=district.west, valid_from=date(2026, 1, 1), full_time=False)
    there = steward.postings.get(station=district.west)
    plan(district, station=district.west, actor=district.station_head_west, title="西街道的事", posting=there, **HOURS)
    error = refused(plan, district, posting=district.posting("east"), **HOURS)
    assert [code for code, _text, _field in error.reasons] == ["steward_busy"]
    assert "西街道的事" not in error.text


def test_a_move_into_a_clash_is_told_and_a_note_is_not_asked_about(district):
    head = district.station_head_east
    plan(district, venue="镇广场", **HOURS)
    other = plan(district, venue="村口", title="另一场", **HOURS)
    assert refused(change_activity, actor=head, activity=other, at=NOW, venue="镇广场").code == "clash"
    moved = change_activity(actor=head, activity=other, at=NOW, venue="镇广场", override_reason="场地够大")
    assert change_activity(actor=head, activity=moved, at=NOW, note="带音响").note == "带音响"


# --- other uses ---


def test_a_room_is_booked_for_a_meeting_moved_and_given_back(district):
    room, head = make_room(district), district.station_head_east
    entries = {"actor": head, "at": NOW, "facility": room, "purpose": "会议"}
    booking = book_room(begins_at=at("09:00"), ends_at=at("11:00"), **entries)
    assert refused(plan, district, facility=room, begins_time=time(10), ends_time=time(12)).code == "room_taken"
    moved = move_booking(actor=head, venuebooking=booking, at=NOW, seen=1, begins_at=at("13:00"), ends_at=at("14:00"))
    assert moved.version == 2
    plan(district, facility=room, begins_time=time(10), ends_time=time(12))
    perform(moved, "cancel", actor=head, comment="改线上", at=NOW)
    assert not VenueBooking.objects.booked().filter(activity__isnull=True).exists()
    with pytest.raises(PermissionDenied):
        book_room(begins_at=at("15:00"), ends_at=at("16:00"), **(entries | {"actor": district.town_officer_east}))


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [
        (at("11:00"), at("09:00"), "ends_at"),
        (at("11:00"), at("11:00"), "ends_at"),
        (at("11:00"), at("11:00") + timedelta(days=40), "ends_at"),
        (at("11:00") + timedelta(days=900), at("12:00") + timedelta(days=900), "begins_at"),
        (at("11:00") - timedelta(days=90), at("12:00") - timedelta(days=90), "begins_at"),
    ],
)
def test_a_time_that_cannot_be_is_refused(district, begins, ends, field):
    with pytest.raises(ValidationError) as error:
        book_room(
            actor=district.station_head_east,
            at=NOW,
            facility=make_room(district),
            purpose="会议",
            begins_at=begins,
            ends_at=ends,
        )
    assert list(error.value.error_dict) == [field]


def test_the_booking_of_an_activity_goes_with_it_alone(district):
    head = district.station_head_east
    plan(district, facility=make_room(district), **HOURS)
    booking = VenueBooking.objects.get()
    assert refused(perform, booking, "cancel", actor=head, comment="x", at=NOW).code == "of_activity"
    assert refused(move_booking, actor=head, venuebooking=booking, at=NOW, purpose="别的").code == "illegal_transition"
