"""What residents read of a station without an account: what was published, and nothing else."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.actions import log_activity
from activities.models import Activity
from culture_admin.public.calendar import parted
from culture_admin.statistics.periods import Grain, Period
from culture_admin.workflow.actions import perform
from tests.public.conftest import published


def page(resident, station, **asked) -> str:
    answer = resident.get(f"/calendar/{station.pk}/", asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_a_published_plan_is_read_with_its_time_and_place(district, resident):
    published(district, venue="文化广场", begins_time=time(19), ends_time=time(20, 30))
    text = page(resident, district.east)
    for told in (
        "广场舞展演",
        "文化广场",
        "19:00–20:30",
        "East Town Cultural Station",
        f"/calendar/{district.east.pk}.ics",
    ):
        assert told in text


def test_what_was_not_published_is_not_there(district, resident):
    log_activity(
        actor=district.station_head_east,
        station=district.east,
        title="没有预告的演出",
        kind=district.kind("PERF"),
        begins_on=timezone.localdate(),
    )
    published(district, "西街的演出", town="west")
    assert "演出" not in page(resident, district.east)


def test_near_the_end_of_a_month_the_page_looks_two_weeks_ahead_and_a_month_asked_for_does_not(district, resident):
    today = timezone.localdate()
    published(district, "下半月的讲座", days=14)
    published(district, "以后的讲座", days=60)
    assert "下半月的讲座" in page(resident, district.east)
    assert "以后的讲座" not in page(resident, district.east)
    earlier = page(resident, district.east, month=f"{today - timedelta(days=31):%Y-%m}")
    assert "下半月的讲座" not in earlier


@pytest.mark.parametrize(("step", "said"), [("cancel", "Cancelled"), ("postpone", "Postponed")])
def test_what_is_called_off_says_so(district, resident, step, said):
    activity = published(district)
    perform(activity, step, actor=district.station_head_east, comment="台风")
    text = page(resident, district.east)
    assert said in text
    assert "台风" not in text


def test_nothing_of_the_record_but_the_programme_is_shown(district, resident):
    activity = published(district)
    secrets = {
        "note": "内部说明",
        "content": "内容提要",
        "effect": "效果评语",
        "attendance": 987_651,
        "late_reason": "迟报原因",
    }
    Activity.objects.filter(pk=activity.pk).update(state="confirmed", **secrets)
    text = page(resident, district.east)
    assert activity.title in text
    for secret in (*map(str, secrets.values()), "987,651", "station_head_east", "Confirmed"):
        assert secret not in text


def test_a_void_activity_is_gone(district, resident):
    activity = published(district)
    Activity.objects.filter(pk=activity.pk).update(state="void")
    assert activity.title not in page(resident, district.east)


def test_the_months_lead_on(district, resident):
    published(district)
    text = page(resident, district.east, month="2024-12")
    assert "广场舞展演" not in text
    assert "month=2024-11" in text
    assert "month=2025-01" in text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/calendar/987654321/", 404),
        ("/calendar/0/", 404),
        ("/calendar/99999999999999999999/", 404),
        ("/calendar/x/", 404),
        ("/calendar/{east}/?month=2024-13", 400),
        ("/calendar/{east}/?month=2024", 400),
        ("/calendar/{east}/?month=1024-01", 400),
        ("/calendar/{east}/?month=9999-12", 400),
        ("/calendar/{east}/?month=%00", 400),
        ("/calendar/{east}/?colour=red", 400),
        ("/calendar/{east}/?language=fr", 400),
    ],
)
def test_bad_addresses_are_answered_in_words(district, resident, address, status):
    answer = resident.get(address.format(east=district.east.pk))
    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()


def test_it_may_be_kept_for_five_minutes_and_sets_no_cookie(district, resident):
    answer = resident.get(f"/calendar/{district.east.pk}/")
    assert answer["Cache-Control"] == "public, max-age=300"
    assert not answer.cookies
    assert "Accept-Language" in answer["Vary"]


def test_the_language_is_the_browsers_or_that_of_the_link(district, resident):
    assert 'lang="en"' in page(resident, district.east)
    text = page(resident, district.east, language="zh-hans", month="2024-12")
    assert '<html lang="zh-hans">' in text
    assert "东镇综合文化站" in text
    assert "language=en" in text
    assert "month=2025-01" in text


def test_it_is_read_only(district, resident):
    assert resident.post(f"/calendar/{district.east.pk}/").status_code == 405


def test_a_full_month_asks_no_more_than_an_empty_one(district, resident):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(resident, district.east)
        return len(asked)

    questions()
    few = questions()
    for number in range(12):
        published(district, f"第{number}场")
    assert questions() == few


@pytest.mark.parametrize(
    ("today", "gone", "coming"),
    [
        (date(2026, 5, 31), [3, 10], [20, 31]),
        (date(2026, 5, 10), [3], [10, 20, 31]),
        (date(2026, 6, 1), [], [3, 10, 20, 31]),
        (date(2026, 4, 30), [], [3, 10, 20, 31]),
    ],
)
def test_of_the_month_we_are_in_what_is_to_come_comes_first(today, gone, coming):
    # The exhibition of the 20th goes on to the last.
    last = {3: 3, 10: 10, 20: 31, 31: 31}
    days = [(date(2026, 5, day), [Activity(ends_on=date(2026, 5, last[day]))]) for day in last]
    month = Period.parse("2026-05", Grain.MONTH)
    assert tuple([day.day for day, _rows in part] for part in parted(days, month, today)) == (gone, coming)
