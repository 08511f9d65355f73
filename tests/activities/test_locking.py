"""Every change goes by the version its actor looked at, and of a record outside his territory says that there is none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from activities.actions import (
    book_room,
    change_activity,
    change_series,
    end_series,
    log_planned,
    move_booking,
    plan_activity,
    plan_series,
)
from activities.actions.visits import change_visits, record_visits
from culture_admin.workflow.actions import StepRefused
from stations.actions import add_facility
from tests.district import NOW, TODAY


def activity(district):
    return {"activity": plan_activity(**of_east(district), begins_on=TODAY)}


def series(district):
    rule = {"weekdays": [2], "begins_on": TODAY, "ends_on": TODAY + timedelta(days=30)}
    return {"series": plan_series(**of_east(district), **rule)}


def booking(district):
    room = {"name": "舞蹈房", "use": "排练", "floor_area": 80, "valid_from": date(2024, 1, 1)}
    facility = add_facility(actor=None, station=district.east, **room)
    hours = {"begins_at": NOW + timedelta(days=1), "ends_at": NOW + timedelta(days=1, hours=1)}
    return {
        "venuebooking": book_room(actor=district.station_head_east, at=NOW, facility=facility, purpose="会", **hours)
    }


def visits(district):
    head = district.station_head_east
    return {"openingvisits": record_visits(actor=head, at=NOW, station=district.east, on=TODAY, visitors=4)}


def of_east(district):
    values = {"actor": district.station_head_east, "at": NOW, "station": district.east}
    return values | {"title": "排舞", "kind": district.kind("PERF")}


@pytest.mark.parametrize(
    ("made", "verb", "entries"),
    [
        (activity, change_activity, {"note": "多备水"}),
        (activity, log_planned, {"attendance": 5}),
        (series, change_series, {"title": "新名"}),
        (series, end_series, {"after": TODAY, "reason": "老师调离"}),
        (booking, move_booking, {"purpose": "评审"}),
        (visits, change_visits, {"visitors": 5}),
    ],
)
def test_an_old_version_is_stale_and_a_foreign_record_is_not_found(district, made, verb, entries):
    record = made(district)
    for actor, seen, code in (
        (district.station_head_east, 7, "stale"),
        (district.station_head_west, None, "not_found"),
    ):
        with pytest.raises(StepRefused) as refused:
            verb(actor=actor, at=NOW, seen=seen, **record, **entries)
        assert refused.value.code == code
    verb(actor=district.station_head_east, at=NOW, seen=1, **record, **entries)
