"""What was planned and is logged from a phone's queue; and a queue that comes days late."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from activities.actions import add_learners, change_activity, open_course, plan_activity
from activities.models import Activity, Receipt
from activities.signals import signals_of
from tests.activities.test_receipts import codes, deliver, entry, head, log
from tests.district import District

__all__ = ["head"]
ENTERED_AT = "2026-05-19T20:00:00+08:00"


def planned(district: District, **given) -> Activity:
    """A plan of today."""
    values = {
        "station": district.east, "title": "秋季展览", "kind": district.kind("PERF"), "begins_on": timezone.localdate(),
    }  # fmt: skip
    return plan_activity(actor=district.station_head_east, **values | given)


def test_a_plan_is_logged_with_the_time_it_was_entered_on_the_phone(head, district):
    activity = planned(district)
    sent = entry("hold", activity=activity.pk, seen="v1", attendance=64, effect="看得很久", device_at=ENTERED_AT)
    first, second = deliver(head, sent), deliver(head, sent)
    activity.refresh_from_db()
    assert first == second
    assert (activity.state, activity.attendance, activity.effect) == ("confirmed", 64, "看得很久")
    assert activity.device_at.isoformat() == "2026-05-19T12:00:00+00:00"
    assert Receipt.objects.get().kind == "hold"


def test_a_session_of_a_course_is_logged_by_who_was_there(head, district):
    user, day = district.station_head_east, timezone.localdate()
    course = open_course(actor=user, station=district.east, title="古筝班", begins_on=day, sessions_planned=8)
    learners = add_learners(actor=user, course=course, names=["陈一", "林二", "张三"])
    activity = planned(district, course=course, kind=district.kind("TRNG"))
    sent = entry("hold", activity=activity.pk, seen="v1", present=[learner.pk for learner in learners[:2]])
    assert deliver(head, sent)["refusals"] == []
    activity.refresh_from_db()
    assert (activity.attendance, activity.counted_by, activity.state) == (2, "roster", "confirmed")


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"attendance": 3, "title": "别的"}, ("", "title")),
        ({"attendance": -3}, ("min_value", "attendance")),
        ({"attendance": 3, "present": [1]}, ("does_not_exist", "present")),
    ],
)
def test_what_is_not_said_of_a_plan_is_refused_at_its_field(head, district, fields, refusal):
    activity = planned(district)
    answer = deliver(head, entry("hold", activity=activity.pk, seen="v1", **fields))
    activity.refresh_from_db()
    assert codes(answer)[0][1] == refusal[1]
    assert activity.state == "planned"


def test_a_plan_changed_meanwhile_is_shown_side_by_side(head, district):
    activity = planned(district)
    change_activity(actor=district.station_head_east, activity=activity, venue="文化广场")
    answer = deliver(head, entry("hold", activity=activity.pk, seen="v1", attendance=64))
    assert codes(answer) == [("stale", "")]
    assert {row["field"] for row in answer["refusals"][0]["compared"]} >= {"venue", "attendance", "state"}


def test_a_queue_of_three_days_arrives_whole_and_its_days_stay(head, district):
    """Entered day by day without a network and sent at once: nothing is late, and each keeps its day and its clock."""
    now = timezone.now()
    days = [now - timedelta(days=number) for number in (3, 2, 1, 0)]
    queue = [
        log(
            district, title=f"第{number}天", begins_on=timezone.localdate(day).isoformat(), device_at=day.isoformat(),
            client_uuid=str(uuid.uuid4()),
        )
        for number, day in enumerate(days)
    ]  # fmt: skip
    assert deliver(head, *queue)["refusals"] == []
    rows = list(Activity.objects.order_by("title"))
    assert [row.begins_on for row in rows] == [timezone.localdate(day) for day in days]
    assert [row.device_at for row in rows] == days
    assert {(row.state, row.late) for row in rows} == {("confirmed", False)}
    found = signals_of(rows, district.bureau_admin)
    # A device that is days behind is a signal, but not where the entries waited in its queue.
    assert all(signal.code != "clock_off" for signals in found.values() for signal in signals)
