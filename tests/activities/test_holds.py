"""What was planned, and sessions of courses, logged from a phone's queue; and a queue that comes days late."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from activities.actions import add_learners, change_activity, change_learner, open_course, plan_activity
from activities.models import Activity, Receipt
from activities.signals import signals_of
from culture_admin.workflow.actions import perform
from tests.activities.test_receipts import codes, deliver, entry, head, log
from tests.district import District
from tests.interfaces.conftest import Api

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


# --- sessions of courses ----------------------------------------------------------------------------------------------


def taught(district: District):
    """A course of the head's with three learners."""
    user = district.station_head_east
    course = open_course(
        actor=user, station=district.east, title="古筝班", begins_on=timezone.localdate() - timedelta(days=9),
        class_seconds=5400, room="二楼", sessions_planned=8,
    )  # fmt: skip
    return course, add_learners(actor=user, course=course, names=["陈一", "林二", "张三"])


def session(of, **given) -> dict:
    return entry("session", **{"course": of.pk, "begins_on": timezone.localdate().isoformat()} | given)


def test_a_session_takes_from_its_course_what_is_not_said_and_its_number_from_the_roster(head, district):
    course, learners = taught(district)
    sent = session(course, present=[learner.pk for learner in learners[:2]], note="补课")
    first, second = deliver(head, sent), deliver(head, sent)
    assert first == second
    row = Activity.objects.get()
    assert (row.title, row.venue, row.class_seconds, row.attendance, row.counted_by, row.note, row.state) == (
        "古筝班", "二楼", 5400, 2, "roster", "补课", "confirmed",
    )  # fmt: skip
    assert str(row.client_uuid) == sent["client_uuid"]


def test_who_does_not_stand_on_the_roster_that_day_is_named_and_the_mended_session_goes_in(head, district):
    course, learners = taught(district)
    change_learner(actor=district.station_head_east, learner=learners[2], left_on=timezone.localdate())
    sent = session(course, present=[learner.pk for learner in learners])
    (refusal,) = deliver(head, sent)["refusals"]
    assert (refusal["code"], refusal["field"]) == ("not_on_roster", "present")
    assert "张三" in refusal["message"]
    sent["fields"]["present"] = [learner.pk for learner in learners[:2]]
    assert deliver(head, sent)["refusals"] == []
    assert Activity.objects.get().attendance == 2


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"course": 987_654_321}, ("does_not_exist", "course")),
        ({"attendance": -1}, ("min_value", "attendance")),
        ({"title": "别的"}, ("unknown_field", "title")),
        ({"begins_on": "2020-01-01"}, ("invalid", "begins_on")),
    ],
)
def test_what_no_session_is_is_refused_at_its_field(head, district, fields, refusal):
    course, _learners = taught(district)
    assert codes(deliver(head, session(course, **fields))) == [refusal]
    assert not Activity.objects.exists()


def test_another_stations_course_is_not_there(district):
    course, _learners = taught(district)
    answer = deliver(Api(district.station_head_west), session(course, attendance=3))
    assert codes(answer) == [("does_not_exist", "course")]


def test_who_came_is_compared_by_name(head, district):
    course, learners = taught(district)
    keys = [learner.pk for learner in learners]
    sent = session(course, present=keys[:2])
    receipt = deliver(head, sent)["receipts"][0]
    change_activity(actor=district.station_head_east, activity=Activity.objects.get(), present=learners)
    change = entry("change", activity=receipt["id"], seen=receipt["etag"], present=keys[1:])
    (refusal,) = deliver(Api(district.station_head_east, HTTP_ACCEPT_LANGUAGE="en"), change)["refusals"]
    assert refusal["mine_as"] == "change"
    row = next(row for row in refusal["compared"] if row["field"] == "present")
    assert (row["saw"], row["now"], row["yours"]) == ("2", "3, everybody", "2, without 陈一")


@pytest.mark.parametrize(
    ("kind", "steps", "expected"),
    [
        ("hold", [], "hold"),
        ("hold", ["publish"], "hold"),
        ("hold", ["hold", "log"], "change"),
        ("hold", ["cancel"], ""),
        ("change", ["hold", "log", "confirm"], "change"),
        ("change", ["void"], ""),
        ("confirm", ["hold", "log"], "confirm"),
        ("confirm", ["hold", "log", "confirm"], ""),
    ],
)
def test_it_is_said_as_what_ones_own_can_still_be_entered(head, district, kind, steps, expected):
    user, activity = district.station_head_east, planned(district)
    change_activity(actor=user, activity=activity, venue="文化广场")
    for step in steps:
        perform(activity, step, actor=user, comment="台风")
    answer = deliver(
        head, entry(kind, activity=activity.pk, seen="v1", **({"attendance": 3} if kind != "confirm" else {}))
    )
    assert [(refusal["code"], refusal["mine_as"]) for refusal in answer["refusals"]] == [("stale", expected)]
