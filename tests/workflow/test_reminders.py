"""Reminders and legal clocks: each goes out once, a silent unit is told of above, and no day moves without a word."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from activities.actions import plan_activity, record_permit
from culture_admin.workflow import calendar
from culture_admin.workflow.actions import owe, perform, recompute, settle
from culture_admin.workflow.models import DUTIES, Deadline, DeadlineMove, Duty, Notice
from culture_admin.workflow.reminders import remind
from tests.district import NOW, TODAY

DUE = TODAY + timedelta(days=30)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=12)


@pytest.fixture
def duty(district) -> Deadline:
    return owe(district.east.unit, code="report", label="总结", opened_on=TODAY, due_on=DUE, subject=district.east)


def reminded(day: date) -> list[tuple[str, str]]:
    """What goes out when the worker looks on a day: kinds, and the roles they go to."""
    last = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    remind(noon(day))
    return sorted(Notice.objects.filter(pk__gt=last).values_list("kind", "role"))


def test_a_duty_is_reminded_of_before_on_and_after_its_day_and_each_time_once(duty):
    days = {
        DUE - timedelta(days=8): [],
        DUE - timedelta(days=7): [("soon", "station_head")],
        DUE - timedelta(days=1): [],
        DUE: [("today", "station_head")],
        DUE + timedelta(days=1): [("overdue", "station_head")],
        DUE + timedelta(days=6): [],
    }
    assert {day: reminded(day) for day in days} == days
    assert [reminded(day) for day in days] == [[]] * len(days)


def test_the_authorities_above_hear_of_a_silent_unit_and_nothing_is_decided(duty):
    reminded(DUE + timedelta(days=1))
    assert reminded(DUE + timedelta(days=7)) == [("escalated", "bureau_admin"), ("escalated", "town_officer")]
    assert Deadline.objects.open().filter(pk=duty.pk).exists()


def test_what_a_worker_missed_is_made_good_by_the_next_without_what_is_past(duty):
    assert [kind for kind, _role in reminded(DUE + timedelta(days=9))] == ["escalated", "escalated", "overdue"]


def test_a_settled_duty_is_not_reminded_of(duty, district):
    settle(district.east, "report", at=NOW)
    assert reminded(DUE) == []


def test_a_duty_that_says_so_is_reminded_of_earlier_and_to_who_has_the_power(district, monkeypatch):
    monkeypatch.setitem(DUTIES, "early", Duty(str, "法", "早", power="activities.visits", ahead=20))
    owe(district.east.unit, code="early", label="早", opened_on=TODAY, due_on=DUE, subject=district.east)
    assert reminded(DUE - timedelta(days=21)) == []
    assert reminded(DUE - timedelta(days=20)) == [("soon", "station_head"), ("soon", "station_officer")]


def test_nobody_is_reminded_of_what_was_struck_out_and_the_duty_is_shown_as_lapsed(district):
    head = district.station_head_east
    begins = timezone.localdate() + timedelta(days=40)
    event = plan_activity(
        actor=head,
        station=district.east,
        title="千人广场舞",
        kind=district.kind("PERF"),
        begins_on=begins,
        expected=2000,
    )
    perform(event, "void", actor=head, comment="误录")
    (duty,) = Deadline.objects.filter(code="public_security_permit")
    assert (duty.lapsed_at is not None, duty.settled_at) == (True, None)
    assert not Deadline.objects.open().filter(pk=duty.pk).exists()
    assert reminded(duty.due_on) == []


def test_a_due_date_does_not_move_without_a_row_that_says_why(duty):
    with pytest.raises(IntegrityError, match="does not move without a reason"), transaction.atomic():
        Deadline.objects.filter(pk=duty.pk).update(due_on=DUE + timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE workflow_deadline SET due_on = due_on + 1 WHERE id = %s", [duty.pk])


@pytest.fixture
def provisional(district, certificates_renewed) -> Deadline:
    """A clock of ten working days into a year whose holidays nobody knows."""
    return owe(district.east.unit, code="reply", label="答复", opened_on=date(2090, 9, 25), working_days=10)


def test_a_clock_into_an_unpublished_year_is_counted_again_when_its_holidays_are_known(provisional, monkeypatch):
    assert (provisional.due_on, provisional.provisional) == (date(2090, 10, 9), True)
    assert recompute(NOW) == 0
    holidays = {date(2090, 10, day) for day in range(1, 8)}
    monkeypatch.setattr(calendar.chinese_calendar, "is_workday", lambda day: day.weekday() < 5 and day not in holidays)
    assert recompute(NOW) == 1
    provisional.refresh_from_db()
    assert (provisional.due_on, provisional.provisional) == (date(2090, 10, 16), False)
    (move,) = DeadlineMove.objects.all()
    assert (move.from_on, move.to_on, move.why) == (date(2090, 10, 9), date(2090, 10, 16), "holidays")
    assert Notice.objects.get(kind="moved").role == "station_head"
    assert recompute(NOW) == 0


def test_a_moved_day_is_reminded_of_anew(provisional, monkeypatch):
    assert reminded(provisional.due_on) == [("today", "station_head")]
    monkeypatch.setattr(calendar.chinese_calendar, "is_workday", lambda day: day.month == 11)
    recompute(NOW)
    provisional.refresh_from_db()
    assert provisional.due_on == date(2090, 11, 10)
    assert reminded(provisional.due_on) == [("today", "station_head")]


def test_a_permit_settles_the_duty_and_its_notices(district):
    head = district.station_head_east
    event = plan_activity(
        actor=head, station=district.east, title="千人广场舞", kind=district.kind("PERF"), expected=2000,
        begins_on=timezone.localdate() + timedelta(days=40),
    )  # fmt: skip
    remind(noon(Deadline.objects.get(code="public_security_permit").due_on))
    assert Notice.objects.filter(kind="today", deadline__code="public_security_permit", over_at=None).count() == 1
    record_permit(actor=head, activity=event, number="1", authority="公安局", granted_on=timezone.localdate())
    assert not Notice.objects.filter(deadline__code="public_security_permit", over_at=None).exists()
