"""A booked room is moved and cancelled from the calendar; a series is changed from a day on; residents' page is led to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from activities.actions import book_room, plan_activity, plan_series
from activities.models import Series, VenueBooking
from stations.actions import add_facility
from tests.clock import in_days


@pytest.fixture
def room(district):
    return add_facility(
        actor=None, station=district.east, name="舞蹈房", use="排练", floor_area=80, valid_from=date(2024, 1, 1), capacity=40
    )  # fmt: skip


@pytest.fixture
def booking(district, room) -> VenueBooking:
    begins = timezone.make_aware(datetime.combine(in_days(3), time(9)))
    return book_room(
        actor=district.station_head_east,
        facility=room,
        purpose="联席会议",
        begins_at=begins,
        ends_at=begins + timedelta(hours=2),
    )


def moved(booking, **entries) -> dict[str, object]:
    sent = {
        "facility": booking.facility_id,
        "purpose": booking.purpose,
        "day": in_days(3).isoformat(),
        "begins_time": "14:00",
        "ends_time": "16:00",
        "version": booking.version,
    }
    return sent | entries


def test_a_booking_is_reached_from_the_calendar_moved_and_cancelled(head, booking):
    address = f"/desk/bookings/{booking.pk}/"
    assert f'href="{address}"' in head.get(f"/desk/calendar/?on={in_days(3)}").content.decode()
    assert "Move or change" in head.get(address).content.decode()
    assert head.post(address, moved(booking)).status_code == 302
    booking.refresh_from_db()
    assert timezone.localtime(booking.begins_at).time() == time(14)
    answer = head.post(address, {"step": "cancel", "comment": "改期", "version": booking.version})
    assert answer.status_code == 302
    booking.refresh_from_db()
    assert booking.state == "cancelled"
    assert "Move or change" not in head.get(address).content.decode()


def test_a_booking_changed_meanwhile_or_moved_onto_another_is_refused_in_words(head, booking, district, room):
    address = f"/desk/bookings/{booking.pk}/"
    assert "changed since" in head.post(address, moved(booking, version=7)).content.decode()
    plan_activity(
        actor=district.station_head_east,
        station=district.east,
        title="排舞",
        kind=district.kind("PERF"),
        begins_on=in_days(3),
        begins_time=time(14),
        ends_time=time(16),
        facility=room,
    )
    assert "排舞" in head.post(address, moved(booking)).content.decode()
    booking.refresh_from_db()
    assert timezone.localtime(booking.begins_at).time() == time(9)


@pytest.mark.parametrize(
    "entries",
    [{"day": "x"}, {"day": ""}, {"begins_time": "25:00"}, {"ends_time": "13:00"}, {"facility": "0"}, {"purpose": "\x00"},
     {"version": "x"}, {"step": "fly"}],
)  # fmt: skip
def test_what_cannot_be_is_told_and_nothing_moves(head, booking, entries):
    answer = head.post(f"/desk/bookings/{booking.pk}/", moved(booking, **entries))
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    booking.refresh_from_db()
    assert booking.version == 1


def test_the_room_of_an_activity_leads_to_the_activity(head, district, room):
    activity = plan_activity(
        actor=district.station_head_east,
        station=district.east,
        title="排舞",
        kind=district.kind("PERF"),
        begins_on=in_days(3),
        begins_time=time(14),
        ends_time=time(16),
        facility=room,
    )
    text = head.get(f"/desk/bookings/{activity.bookings.get().pk}/").content.decode()
    assert f"/desk/activities/{activity.pk}/" in text
    assert "Move or change" not in text


def test_a_foreign_booking_is_not_there(sign_in, booking):
    assert sign_in("station_head_west").get(f"/desk/bookings/{booking.pk}/").status_code == 404
    assert "Move or change" not in sign_in("town_officer_east").get(f"/desk/bookings/{booking.pk}/").content.decode()


@pytest.fixture
def series(district) -> Series:
    return plan_series(
        actor=district.station_head_east,
        station=district.east,
        title="周末剧场",
        kind=district.kind("PERF"),
        weekdays=[1, 2, 3, 4, 5, 6, 7],
        begins_on=in_days(0),
        ends_on=in_days(9),
        skips_holidays=False,
        begins_time=time(9),
        ends_time=time(10),
    )


def changed(series, **entries) -> dict[str, object]:
    sent = {
        "title": series.title,
        "kind": series.kind_id,
        "begins_time": "19:00",
        "ends_time": "20:00",
        "from_on": in_days(5).isoformat(),
        "version": series.version,
    }
    return sent | entries


def test_one_and_all_later_ones_of_a_series_are_changed(head, series):
    address = f"/desk/series/{series.pk}/change/"
    assert address in head.get(f"/desk/series/{series.pk}/").content.decode()
    assert in_days(5).isoformat() in head.get(f"{address}?from={in_days(5)}").content.decode()
    assert head.post(address, changed(series)).status_code == 302
    hours = dict(series.activities.values_list("begins_on", "begins_time"))
    assert {hours[in_days(day)] for day in range(5)} == {time(9)}
    assert {hours[in_days(day)] for day in range(5, 10)} == {time(19)}


@pytest.mark.parametrize(
    "entries",
    [{"from_on": ""}, {"from_on": "x"}, {"title": ""}, {"kind": "0"}, {"begins_time": "x"}, {"version": "9"},
     {"facility": "999999"}],
)  # fmt: skip
def test_what_a_series_cannot_be_is_told(head, series, entries):
    answer = head.post(f"/desk/series/{series.pk}/change/", changed(series, **entries))
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert set(series.activities.values_list("begins_time", flat=True)) == {time(9)}


@pytest.mark.parametrize(("username", "status"), [("station_head_west", 404), ("town_officer_east", 200)])
def test_who_does_not_keep_the_series_does_not_change_it(sign_in, series, username, status):
    client = sign_in(username)
    assert client.get(f"/desk/series/{series.pk}/change/").status_code == 404
    answer = client.get(f"/desk/series/{series.pk}/")
    assert answer.status_code == status
    assert "/change/" not in answer.content.decode()


def test_a_room_is_chosen_in_the_calendar_and_the_residents_page_is_led_to(head, district, booking, room):
    other = add_facility(
        actor=None, station=district.east, name="画室", use="书画", floor_area=40, valid_from=date(2024, 1, 1), capacity=20
    )  # fmt: skip
    text = head.get(f"/desk/calendar/?on={in_days(3)}&room={room.pk}").content.decode()
    assert f'<option value="{room.pk}" selected>' in text
    assert "联席会议" in text
    assert f'href="/calendar/{district.east.pk}/"' in text
    assert "联席会议" not in head.get(f"/desk/calendar/?on={in_days(3)}&room={other.pk}").content.decode()


def test_a_room_of_another_station_than_the_chosen_one_is_let_go(sign_in, district, room):
    text = sign_in("bureau_admin").get(f"/desk/calendar/?station={district.west.pk}&room={room.pk}")
    assert text.status_code == 200
    assert room.name not in text.content.decode()


def test_the_poster_leads_to_the_programme(head, district):
    activity = district.log()
    assert (
        f'href="/calendar/{district.east.pk}/"' in head.get(f"/desk/activities/{activity.pk}/poster/").content.decode()
    )
