"""Series: activities planned at once by one rule, each of which keeps its series when it is changed."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.actions import change_activity, change_series, end_series, plan_activity, plan_series
from activities.models import Activity, VenueBooking
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Decision
from culture_admin.workflow.steps import FLOWS, content_hash
from stations.models import read_opening_hours
from tests.district import NOW

A = Activity.State


def refused(verb, *args, **entries) -> StepRefused:
    with pytest.raises(StepRefused) as error:
        verb(*args, **entries)
    return error.value


def faults(verb, **entries) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        verb(**entries)
    return {name: [one.code for one in errors] for name, errors in error.value.error_dict.items()}


@pytest.fixture
def tuesdays(district, room):
    """Every Tuesday of June and July, fourteen to sixteen o'clock, in the dance room."""

    def planned(**entries):
        values = {
            "actor": district.station_head_east,
            "at": NOW,
            "station": district.east,
            "title": "周二排舞",
            "kind": district.kind("TRNG"),
            "weekdays": [2],
            "begins_on": date(2026, 6, 1),
            "ends_on": date(2026, 7, 31),
            "begins_time": time(14),
            "ends_time": time(16),
            "facility": room,
        }
        return plan_series(**(values | entries))

    return planned


def test_a_series_plans_each_of_its_days_and_books_the_room(tuesdays):
    series = tuesdays()
    days = list(series.activities.order_by("begins_on").values_list("begins_on", flat=True))
    assert days == [date(2026, 6, 2) + timedelta(weeks=week) for week in range(9)]
    assert {activity.state for activity in series.activities.all()} == {A.PLANNED}
    assert VenueBooking.objects.booked().count() == 9
    assert Decision.objects.filter(step="plan").count() == 9


def test_every_second_week_and_two_weekdays(tuesdays):
    series = tuesdays(weekdays=[4, 2], every=2, ends_on=date(2026, 6, 30))
    days = [str(day) for day in series.activities.order_by("begins_on").values_list("begins_on", flat=True)]
    assert days == ["2026-06-02", "2026-06-04", "2026-06-16", "2026-06-18", "2026-06-30"]


def test_public_holidays_are_left_out_unless_they_are_meant(tuesdays):
    """The Dragon Boat Festival of 2026 is on Friday the 19th of June."""
    fridays = {"weekdays": [5], "ends_on": date(2026, 6, 30), "facility": None}
    assert tuesdays(**fridays).activities.filter(begins_on=date(2026, 6, 19)).count() == 0
    assert tuesdays(**fridays, skips_holidays=False).activities.filter(begins_on=date(2026, 6, 19)).count() == 1


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": [8]}, "weekdays"),
        ({"weekdays": [2, 2]}, "weekdays"),
        ({"weekdays": [1], "begins_on": date(2026, 6, 2), "ends_on": date(2026, 6, 5)}, "weekdays"),
        ({"every": 0}, "every"),
        ({"ends_on": date(2026, 5, 1)}, "ends_on"),
        ({"weekdays": [1, 2, 3, 4, 5], "ends_on": date(2027, 6, 1)}, "ends_on"),
        ({"begins_on": date(2026, 4, 1)}, "begins_on"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_at_its_field(tuesdays, entries, field):
    assert list(faults(tuesdays, **entries)) == [field]
    assert not Activity.objects.exists()


def test_one_taken_day_refuses_the_whole_series(district, room, tuesdays):
    plan_activity(
        actor=district.station_head_east,
        at=NOW,
        station=district.east,
        title="评审会",
        kind=district.kind("PERF"),
        begins_on=date(2026, 7, 7),
        begins_time=time(15),
        ends_time=time(17),
        facility=room,
    )
    error = refused(tuesdays)
    assert error.code == "room_taken"
    assert "2026-07-07" in error.text
    assert "评审会" in error.text
    assert Activity.objects.count() == 1


def test_a_changed_session_keeps_its_series(district, tuesdays):
    series = tuesdays()
    activity = series.activities.order_by("begins_on").first()
    moved = date(2026, 6, 3)
    change_activity(
        actor=district.station_head_east, activity=activity, at=NOW, begins_on=moved, ends_on=moved, title="改到周三"
    )
    activity.refresh_from_db()
    assert (activity.series, activity.begins_on) == (series, moved)
    assert VenueBooking.objects.booked().filter(activity=activity).get().begins_at.date() == moved


def test_this_and_all_later_ones_are_changed(district, tuesdays):
    series = tuesdays()
    change_series(
        actor=district.station_head_east,
        series=series,
        at=NOW,
        from_on=date(2026, 7, 1),
        begins_time=time(15),
        ends_time=time(17),
    )
    hours = dict(series.activities.values_list("begins_on", "begins_time"))
    assert {clock for day, clock in hours.items() if day < date(2026, 7, 1)} == {time(14)}
    assert {clock for day, clock in hours.items() if day >= date(2026, 7, 1)} == {time(15)}
    assert VenueBooking.objects.booked().count() == 9


def test_what_was_changed_on_one_session_stays_when_the_series_is_changed(district, tuesdays):
    series, head = tuesdays(), district.station_head_east
    one = series.activities.order_by("begins_on")[2]
    change_activity(actor=head, activity=one, at=NOW, title="特别场")
    change_series(actor=head, series=series, at=NOW, title="新名", venue="礼堂")
    assert set(series.activities.exclude(pk=one.pk).values_list("title", "venue")) == {("新名", "礼堂")}
    one.refresh_from_db()
    assert (one.title, one.venue, one.version) == ("特别场", "礼堂", 3)
    decided = Decision.objects.filter(step="change", subject_id=one.pk).order_by("pk").last()
    assert decided.content_hash == content_hash(FLOWS[Activity].content(one))
    perform(one, "publish", actor=head, at=NOW)


def test_a_long_series_is_changed_with_as_many_queries_as_a_short_one(district, tuesdays):
    def asked(series) -> int:
        with CaptureQueriesContext(connection) as queries:
            change_series(actor=district.station_head_east, series=series, at=NOW, title="新名", begins_time=time(15))
        return len(queries)

    short = tuesdays(ends_on=date(2026, 6, 20))
    long = tuesdays(weekdays=[1, 3, 4], ends_on=date(2026, 8, 31), title="长")
    few = asked(short)
    assert (short.activities.count(), long.activities.count() > 30) == (3, True)
    assert asked(long) <= few < 40


def test_a_series_ends_and_frees_its_room_with_a_reason(district, tuesdays):
    series, head = tuesdays(), district.station_head_east
    assert refused(end_series, actor=head, series=series, after=date(2026, 6, 30), reason=" ", at=NOW).code == (
        "comment_required"
    )
    ended = end_series(actor=head, series=series, after=date(2026, 6, 30), reason="老师调离", at=NOW)
    assert ended.ends_on == date(2026, 6, 30)
    states = set(series.activities.filter(begins_on__gt=date(2026, 6, 30)).values_list("state", flat=True))
    assert states == {A.CANCELLED}
    assert VenueBooking.objects.booked().count() == 5
    assert {decision.comment for decision in Decision.objects.filter(step="cancel")} == {"老师调离"}


def test_opening_hours_are_read_or_refused():
    assert read_opening_hours("1-2 08:30-11:30,13:00-17:00; 7 09:00-12:00") == {
        1: [(time(8, 30), time(11, 30)), (time(13), time(17))],
        2: [(time(8, 30), time(11, 30)), (time(13), time(17))],
        7: [(time(9), time(12))],
    }
    for text in ("8 09:00-10:00", "1-5 10:00-09:00", "5-1 09:00-10:00", "1 25:00-26:00", "每天"):
        with pytest.raises(ValidationError):
            read_opening_hours(text)
