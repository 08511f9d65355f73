"""A place that names a village, or its cultural hall, says in which village something was; whichever door it came by."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.actions import change_activity, change_series, plan_activity, plan_series
from activities.actions.bulk import log_activities
from activities.actions.villages import village_named
from activities.models import Activity, Series
from culture_admin.exchange.actions import apply_import, open_import
from culture_admin.territory.actions import add_division
from culture_admin.territory.models import Division, Level
from tests.activities.test_receipts import deliver
from tests.activities.test_receipts import log as queued
from tests.district import NOW, TODAY, District
from tests.interfaces.conftest import Api

HALL = "湖滨村文化礼堂"


@pytest.mark.parametrize(
    ("venue", "found"),
    [
        ("湖滨村文化礼堂", "湖滨村"),
        ("湖滨文化礼堂", "湖滨村"),
        ("新湖滨村文化广场", "新湖滨村"),
        ("新湖滨礼堂", "新湖滨村"),
        ("鸣鹤社区文化家园", "鸣鹤社区"),
        ("湖滨路口", None),
        ("镇文化站二楼", None),
        ("湖滨村、鸣鹤社区联办", None),
        ("东村", None),
        ("", None),
    ],
)
def test_a_village_is_found_where_it_is_clear(venue, found):
    villages = [Division(name_zh=name) for name in ("湖滨村", "新湖滨村", "鸣鹤社区")]
    village = village_named(venue, villages)
    assert (village and village.name_zh) == found


@pytest.fixture
def village(district) -> Division:
    return hall_of(district)


def hall_of(district: District, **given) -> Division:
    return add_division(
        code="990101101299",
        name_zh="湖滨村",
        level=Level.VILLAGE,
        type="village",
        parent=district.east.division,
        **given,
    )


def signed_in(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def by_desk(district: District, sent: dict) -> int:
    sent = sent | {"kind": district.kind("PERF").pk, "client_uuid": str(uuid.uuid4())}
    return signed_in(district.station_head_east).post("/desk/log/", sent).status_code


def by_admin(district: District, sent: dict) -> int:
    sent = sent | {"kind": district.kind("PERF").pk, "station": district.east.pk}
    return signed_in(district.bureau_admin).post("/admin/activities/activity/add/", sent).status_code


def by_api(district: District, sent: dict) -> int:
    sent = sent | {"kind": "PERF", "station": district.east.pk}
    return Api(district.station_head_east).post("activities/", sent, format="json").status_code


def by_many(district: District, sent: dict) -> int:
    rows = [sent | {"kind": "PERF", "station": district.east.pk}]
    return Api(district.station_head_east).post("activities/bulk/", {"rows": rows}, format="json").status_code


def by_queue(district: District, sent: dict) -> int:
    return len(deliver(Api(district.station_head_east), queued(district, **sent))["receipts"])


def by_ledger(district: District, sent: dict) -> int:
    lines = ["日期,活动名称,地点,参加人数", f"{sent['begins_on']},{sent['title']},{sent['venue']},{sent['attendance']}"]
    return from_ledger(district, lines)


def from_ledger(district: District, lines: list[str]) -> int:
    file = io.BytesIO("\n".join(lines).encode())
    head = district.station_head_east
    batch, _new = open_import(
        actor=head, kind="activities", unit=district.east.unit, file_name="账.csv", content=file.read()
    )
    apply_import(actor=head, batch=batch, rows="all")
    return 1


@pytest.mark.parametrize("door", [by_desk, by_admin, by_api, by_many, by_queue, by_ledger])
def test_whoever_names_the_hall_has_named_the_village(district, village, door: Callable):
    day = timezone.localdate() - timedelta(days=1)
    door(district, {"title": "村晚", "begins_on": day.isoformat(), "attendance": 30, "venue": HALL})
    assert Activity.objects.get().village == village


@pytest.mark.parametrize("door", [by_desk, by_admin, by_api, by_many, by_queue, by_ledger])
def test_a_village_that_was_not_there_yet_is_not_meant(district, door: Callable):
    day = timezone.localdate() - timedelta(days=1)
    hall_of(district, valid_from=timezone.localdate())
    door(district, {"title": "村晚", "begins_on": day.isoformat(), "attendance": 30, "venue": HALL})
    assert Activity.objects.get().village is None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["", HALL, "湖滨礼堂", "东村广场", "东村、湖滨村", "二楼", "西村文化礼堂"]),
            st.booleans(),
            st.integers(0, 3),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_many_rows_lie_in_the_villages_in_which_each_would_lie_alone(district, village, rows):
    """Each with a venue, perhaps with a village that is said, and a day before or after the village came to be."""
    Division.objects.filter(pk=village.pk).update(valid_from=TODAY - timedelta(days=2))
    said, days = [village if tells else None for _venue, tells, _ago in rows], [row[2] for row in rows]
    alone = [
        district.log(venue=venue, village=named, begins_on=TODAY - timedelta(days=ago)).village_id
        for (venue, _tells, ago), named in zip(rows, said, strict=True)
    ]
    columns = {
        "title": ["村晚"] * len(rows),
        "kind_id": [district.kind("PERF").pk] * len(rows),
        "begins_on": [TODAY - timedelta(days=ago) for ago in days],
        "venue": [venue for venue, _tells, _ago in rows],
        "village_id": [named and named.pk for named in said],
    }
    keys = log_activities(actor=district.station_head_east, at=NOW, station=district.east, columns=columns)
    together = dict(Activity.objects.filter(pk__in=keys).values_list("pk", "village_id"))
    assert [together[key] for key in keys] == alone


def test_a_ledger_says_the_village_in_a_column_of_its_own(district, village):
    day = timezone.localdate() - timedelta(days=1)
    lines = ["日期,活动名称,地点,村社区", *(f"{day},{title},文化礼堂,{name}" for title, name in NAMED.items())]
    from_ledger(district, lines)
    found = {row.title: row.village and row.village.name_zh for row in Activity.objects.all()}
    assert found == {"全名": "湖滨村", "简称": "湖滨村", "没有的": None}


NAMED = {"全名": "湖滨村", "简称": "湖滨", "没有的": "海边村"}


def test_a_village_of_another_town_is_not_meant(district, village):
    assert district.log(district.west, venue=HALL).village is None


def test_a_plan_and_each_of_a_series_lie_in_the_village(district, village):
    common = {"actor": district.station_head_east, "at": NOW, "station": district.east, "title": "晨练", "venue": HALL}
    common |= {"kind": district.kind("SPRT"), "begins_on": TODAY}
    assert plan_activity(**common).village == village
    series = plan_series(weekdays=[1, 3, 5], ends_on=TODAY + timedelta(days=13), skips_holidays=False, **common)
    assert {row.village for row in Activity.objects.filter(series=series)} == {village}


def test_the_village_follows_another_venue_unless_it_is_said(district, village):
    head, other = district.station_head_east, Division.objects.get(name_zh="东村")
    activity = district.log(venue=HALL)

    def moved(**changes) -> Division | None:
        return change_activity(actor=head, activity=activity, at=NOW, **changes).village

    assert moved(venue="东村文化礼堂") == other
    assert moved(venue="镇文化站") is None
    assert moved(venue="镇上广场", village=village) == village
    # It was said, and not read off the place: another place that names none leaves it.
    assert moved(venue="大树下") == village
    assert moved(attendance=99) == village


def test_a_village_that_is_taken_out_stays_out(district, village):
    head, activity = district.station_head_east, district.log(venue=HALL)
    assert change_activity(actor=head, activity=activity, at=NOW, village=None).village is None
    assert change_activity(actor=head, activity=activity, at=NOW, venue=HALL, attendance=99).village is None


def test_the_village_of_a_series_follows_its_venue(district, village):
    head = district.station_head_east
    days = {"begins_on": TODAY, "ends_on": TODAY + timedelta(days=6), "weekdays": [1, 2, 3, 4, 5, 6, 7]}
    series = plan_series(
        actor=head, at=NOW, station=district.east, title="晨练", kind=district.kind("SPRT"), venue="广场", **days
    )
    change_series(actor=head, series=series, at=NOW, venue=HALL)
    assert Series.objects.get().village == village
    assert set(Activity.objects.values_list("village", flat=True)) == {village.pk}
