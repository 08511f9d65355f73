"""Signals about evidence: what is said, to whom, about whose photos, and that nothing follows from it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import ExifTags, Image

from activities.models import Activity
from activities.signals import signals_of
from culture_admin.exchange.attaching import attach_file
from stations.actions import add_facility
from tests.district import NOW
from tests.exchange.test_attachments import saved, scene
from tests.interfaces.conftest import Api


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def signals(activity, user) -> list:
    row = Activity.objects.select_related("station__division", "facility").get(pk=activity.pk)
    return signals_of([row], user).get(row.pk, [])


def codes(activity, user) -> list[str]:
    return [signal.code for signal in signals(activity, user)]


def attach(district, activity, content, town="east"):
    head = getattr(district, f"station_head_{town}")
    return attach_file(actor=head, subject=activity, name="a.jpg", content=content, at=NOW)


def taken(moment: str) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[0x9003] = moment
    return saved(scene(), exif=exif)


def test_an_ordinary_log_has_none(district):
    activity = district.log()
    attach(district, activity, taken("2026:05:06 19:30:00"))
    assert signals(activity, district.bureau_admin) == []


@pytest.mark.parametrize("again", [saved(scene()), saved(scene().resize((800, 600)), quality=50)])
def test_a_photo_of_another_activity_is_told_with_that_activity(district, again):
    first, second = district.log(title="端午晚会"), district.log(title="合唱展演")
    attach(district, first, saved(scene()))
    attach(district, second, again)
    attach(district, second, saved(scene(2)))
    (signal,) = signals(second, district.station_head_east)
    assert (signal.code, signal.activity) == ("photo_again", first.pk)
    assert "端午晚会" in signal.text


def test_of_a_foreign_activity_only_the_county_is_told(district):
    first, second = district.log(title="端午晚会"), district.log(district.west)
    attach(district, first, saved(scene()))
    attach(district, second, saved(scene()), "west")
    (signal,) = signals(second, district.station_head_west)
    assert (signal.activity, signal.query) == (None, "")
    assert "端午" not in signal.text
    assert signals(second, district.bureau_admin)[0].activity == first.pk


def test_photos_of_another_county_and_of_what_is_void_are_not_compared(district):
    mine, far, struck = district.log(), district.log(district.elsewhere), district.log()
    for activity, town in ((mine, "east"), (far, "elsewhere"), (struck, "east")):
        attach(district, activity, saved(scene()), town)
    Activity.objects.filter(pk=struck.pk).update(state="void")
    assert codes(mine, district.station_head_east) == []


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026:05:04 23:59:59", ["photo_elsewhen"]),
        ("2026:05:05 00:00:00", []),
        ("2026:05:07 23:59:59", []),
        ("2026:05:08 00:00:00", ["photo_elsewhen"]),
    ],
)
def test_a_photo_is_of_the_day_or_the_days_beside_it(district, moment, told):
    activity = district.log(begins_on=date(2026, 5, 6))
    attach(district, activity, taken(moment))
    assert codes(activity, district.station_head_east) == told


def logged(district, number, *, minutes, days=1, attendance=None):
    """So many logs of different days, so many minutes apart."""
    rows = [
        district.log(begins_on=date(2026, 5, 1) + timedelta(days=place * days), attendance=attendance or 7 + place)
        for place in range(number)
    ]
    for place, row in enumerate(rows):
        Activity.objects.filter(pk=row.pk).update(recorded_at=NOW + timedelta(minutes=place * minutes))
    return rows


@pytest.mark.parametrize(
    ("number", "minutes", "days", "told"),
    [(10, 3, 1, ["one_sitting"]), (9, 3, 1, []), (10, 4, 1, []), (12, 1, 0, [])],
)
def test_a_month_written_in_one_sitting_is_told(district, number, minutes, days, told):
    rows = logged(district, number, minutes=minutes, days=days)
    assert codes(rows[0], district.bureau_admin) == codes(rows[-1], district.bureau_admin) == told


def test_a_log_beside_the_sitting_has_no_part_in_it(district):
    *_sitting, later = logged(district, 11, minutes=3)
    Activity.objects.filter(pk=later.pk).update(recorded_at=NOW + timedelta(days=1))
    assert codes(later, district.bureau_admin) == []


def test_round_numbers_all_month_are_told(district):
    rows = logged(district, 10, minutes=60, attendance=50)
    assert codes(rows[0], district.bureau_admin) == ["round_numbers"]
    Activity.objects.filter(pk=rows[0].pk).update(attendance=51)
    assert codes(rows[1], district.bureau_admin) == []


@pytest.mark.parametrize(("hours", "told"), [(25, ["clock_off"]), (23, []), (-23, []), (-25, ["clock_off"])])
def test_a_clock_more_than_a_day_off_is_told(district, hours, told):
    activity = district.log(device_at=NOW + timedelta(hours=hours))
    assert codes(activity, district.bureau_admin) == told


def test_more_heads_than_the_room_holds_are_told(district):
    room = add_facility(
        actor=None,
        station=district.east,
        name="舞蹈室",
        use="训练",
        floor_area=90,
        capacity=40,
        valid_from=date(2024, 1, 1),
    )
    assert codes(district.log(facility=room, attendance=41), district.bureau_admin) == ["above_capacity"]
    assert codes(district.log(facility=room, attendance=40), district.bureau_admin) == []


def test_only_who_reviews_is_shown_signals(district):
    activity = district.log(actor=district.steward_east, device_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert codes(activity, district.station_head_east) == codes(activity, district.bureau_leader) == ["clock_off"]
    for name in ("steward_east", "firm_manager", "observer", "station_head_west", "bureau_admin_elsewhere"):
        assert codes(activity, getattr(district, name)) == [], name


def test_no_signal_moves_a_state(district):
    activity = district.log(actor=district.steward_east, device_at=datetime(2027, 1, 1, tzinfo=UTC))
    before = Activity.objects.filter(pk=activity.pk).values().get()
    assert codes(activity, district.station_head_east)
    assert Activity.objects.filter(pk=activity.pk).values().get() == before


def test_the_api_says_where_to_look(district):
    first, second = district.log(), district.log()
    for activity in (first, second):
        attach(district, activity, saved(scene()))
    (signal,) = Api(district.station_head_east).read(f"activities/{second.pk}/signals/")["results"]
    assert signal["records"] == f"/api/v1/activities/{first.pk}/"
    assert Api(district.observer).get(f"activities/{second.pk}/signals/").status_code == 403
    assert Api(district.station_head_west).get(f"activities/{second.pk}/signals/").status_code == 404


def test_the_page_of_what_waits_asks_no_more_for_many_than_for_few(client, district):
    client.force_login(district.station_head_east, backend="django.contrib.auth.backends.ModelBackend")

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/desk/confirm/").status_code == 200
        return len(asked)

    for _number in range(2):
        attach(district, district.log(actor=district.steward_east), saved(scene()))
    questions()
    few = questions()
    for number in range(12):
        activity = district.log(actor=district.steward_east, begins_on=date(2026, 5, 2 + number))
        attach(district, activity, saved(scene(number)))
    assert questions() == few
