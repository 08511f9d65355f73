"""The bulk form refuses and stores exactly what the form of one row does."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.actions.bulk import CHECKED, check_columns, log_activities
from activities.actions.place import future_faults
from activities.flows import activity_content
from activities.models import Activity
from culture_admin.workflow.models import Decision
from culture_admin.workflow.steps import content_hash
from tests.district import NOW, TODAY

ROWS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["村晚", "", " ", "长" * 201, "零\u200b宽", "演\x00出", "𠮷", "a" * 200]),
        "venue": st.sampled_from(["", "文化礼堂", "场" * 101, "左\u202e右"]),
        "begins_on": st.dates(date(1979, 12, 30), date(2026, 6, 1)) | st.just(TODAY),
        "begins_time": st.none() | st.just(time(19, 0)),
        "ends_on": st.dates(date(2024, 12, 1), date(2026, 6, 1)),
        "ends_time": st.none() | st.just(time(9, 0)),
        "attendance": st.none() | st.integers(-1, 1_000_001),
        "online_attendance": st.none() | st.integers(-5, 100_000_001),
        "class_seconds": st.none() | st.integers(-1, 27000000),
        "note": st.sampled_from(["", "晴", "注" * 2001]),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROWS, min_size=1, max_size=8))
def test_the_same_rows_are_refused_for_the_same_fields(rows):
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    found: dict[int, set] = {}
    for fault in check_columns(columns, TODAY):
        found.setdefault(fault.index, set()).add(fault.field)
    assert found == {index: fields for index, row in enumerate(rows) if (fields := _faults_of_one(row))}


def _faults_of_one(row: dict) -> set[str]:
    activity = Activity(**row)
    others = [field.name for field in Activity._meta.fields if field.name not in CHECKED]
    faults: set[str] = set()
    for check in (lambda: activity.clean_fields(exclude=others), activity.clean):
        try:
            check()
        except ValidationError as refused:
            faults |= set(refused.message_dict)
    if not faults & {"begins_on", "ends_on", "ends_time"}:
        faults |= set(future_faults(activity.begins_on, TODAY))
    return faults


def test_a_row_in_bulk_is_the_row_logged_alone(district):
    entries = {
        "title": "书画\t班\\",
        "begins_on": date(2026, 5, 4),
        "attendance": 31,
        "class_seconds": 4050,
        "venue": "二楼",
    }
    alone = district.log(kind=district.kind("TRNG"), posting=district.posting("east"), **entries)
    columns = {name: [value] for name, value in entries.items()}
    columns |= {"kind_id": [district.kind("TRNG").pk], "posting": [district.posting("east")]}
    (key,) = log_activities(actor=district.station_head_east, at=NOW, station=district.east, columns=columns)
    bulk = Activity.objects.get(pk=key)
    differing = {"id", "client_uuid"}
    names = [field.attname for field in Activity._meta.concrete_fields if field.name not in differing]
    assert {n: getattr(bulk, n) for n in names} == {n: getattr(Activity.objects.get(pk=alone.pk), n) for n in names}
    decisions = [Decision.objects.about(row).get() for row in (alone, bulk)]
    assert decisions[0].content_hash == decisions[1].content_hash == content_hash(activity_content(bulk))
    assert decisions[1].role == "station_head"


def test_one_bad_value_and_nothing_is_written(district):
    columns = {"title": ["好", ""], "begins_on": [TODAY, TODAY], "kind_id": [district.kind("PERF").pk] * 2}
    with pytest.raises(ValidationError):
        log_activities(actor=district.station_head_east, at=NOW, station=district.east, columns=columns)
    assert not Activity.objects.exists()


def test_rows_the_bureau_enters_wait_for_the_station(district):
    columns = {"title": ["台账补录"], "begins_on": [date(2026, 4, 1)], "kind_id": [district.kind("PERF").pk]}
    (key,) = log_activities(actor=district.bureau_admin, at=NOW, station=district.east, columns=columns)
    assert Activity.objects.get(pk=key).state == "logged"


def test_another_station_enters_nothing(district):
    columns = {"title": ["越界"], "begins_on": [TODAY], "kind_id": [district.kind("PERF").pk]}
    with pytest.raises(PermissionDenied):
        log_activities(actor=district.station_head_west, at=NOW, station=district.east, columns=columns)
