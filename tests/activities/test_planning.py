"""Planned, published, held, logged, confirmed: which step leads where, for whom, and what each does besides."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from activities.actions import change_activity, log_planned, plan_activity, record_check, record_permit
from activities.models import Activity, SpotCheck, VenueBooking
from activities.models.haves import missing
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.territory.actions import add_division
from culture_admin.workflow.actions import StepRefused, perform
from culture_admin.workflow.models import Deadline, Decision
from culture_admin.workflow.steps import FLOWS
from tests.district import NOW, TODAY

A = Activity.State
TOMORROW = TODAY + timedelta(days=1)
WEEK_LATER = NOW + timedelta(days=7)


@pytest.fixture
def plan(district):
    """Plans an activity of the east station for tomorrow, by its head, unless said otherwise."""

    def planned(**entries) -> Activity:
        values = {
            "actor": district.station_head_east,
            "at": NOW,
            "station": district.east,
            "title": "排舞公益课",
            "kind": district.kind("PERF"),
            "begins_on": TOMORROW,
        }
        return plan_activity(**(values | entries))

    return planned


def refused(verb, *args, **entries) -> StepRefused:
    with pytest.raises(StepRefused) as error:
        verb(*args, **entries)
    return error.value


def faults(verb, **entries) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        verb(**entries)
    return {name: [one.code for one in errors] for name, errors in error.value.error_dict.items()}


@pytest.mark.parametrize(
    ("step", "sources", "target"),
    [
        ("publish", {A.PLANNED}, A.PUBLISHED),
        ("hold", {A.PLANNED, A.PUBLISHED}, A.HELD),
        ("log", {A.HELD}, A.LOGGED),
        ("postpone", {A.PLANNED, A.PUBLISHED}, A.POSTPONED),
        ("replan", {A.POSTPONED}, A.PLANNED),
        ("cancel", {A.PLANNED, A.PUBLISHED, A.POSTPONED}, A.CANCELLED),
        ("confirm", {A.LOGGED}, A.CONFIRMED),
        ("return", {A.LOGGED, A.CONFIRMED}, A.RETURNED),
        ("void", set(A) - {A.CANCELLED, A.VOID}, A.VOID),
    ],
)
def test_each_step_leads_from_its_states_to_one(step, sources, target):
    found = FLOWS[Activity].steps[step]
    assert (set(found.sources), found.target) == (sources, target)


@pytest.mark.parametrize("step", ["cancel", "postpone", "void", "return"])
def test_what_falls_out_says_why(plan, step):
    assert refused(perform, plan(), step, actor=plan().recorded_by, at=NOW).code == "comment_required"


def test_a_plan_lies_between_today_and_two_years_ahead(plan):
    assert plan(begins_on=TODAY).state == A.PLANNED
    assert plan(begins_on=TODAY + timedelta(days=700)).state == A.PLANNED
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=800)):
        with pytest.raises(ValidationError) as error:
            plan(begins_on=day)
        assert list(error.value.error_dict) == ["begins_on"]


def test_a_plan_counts_for_nothing_until_it_was_held(district, plan):
    plan()
    period = Period(TODAY, TODAY + timedelta(days=30))
    codes = ["activities.planned", "activities.cancelled", "activities.held"]
    assert read(codes, period=period).total.values == {
        "activities.planned": 1,
        "activities.cancelled": 0,
        "activities.held": None,
    }
    activity = plan(title="纳凉晚会")
    perform(activity, "cancel", actor=district.station_head_east, comment="台风", at=NOW)
    assert read(codes, period=period).total.values["activities.planned"] == 2
    assert read(codes, period=period).total.values["activities.cancelled"] == 1


def test_what_has_not_happened_is_neither_held_nor_logged(district, plan):
    activity = plan(begins_on=date(2027, 6, 1), at=NOW)
    head = district.station_head_east
    assert refused(perform, activity, "hold", actor=head).code == "not_yet"
    assert list(faults(log_planned, actor=head, activity=activity, at=NOW, attendance=3)) == ["begins_on"]
    activity.refresh_from_db()
    assert (activity.state, activity.version) == (A.PLANNED, 1)


def test_a_head_logs_a_plan_in_one_act_and_it_is_confirmed(district, plan):
    activity = plan()
    done = log_planned(
        actor=district.station_head_east,
        activity=activity,
        seen=1,
        at=WEEK_LATER,
        attendance=38,
        effect="学会一支舞",
    )
    assert (done.state, done.attendance, done.effect, done.late) == (A.CONFIRMED, 38, "学会一支舞", False)
    steps = Decision.objects.about(activity).order_by("id").values_list("step", "to_state")
    assert list(steps) == [("plan", "planned"), ("hold", "held"), ("log", "logged"), ("confirm", "confirmed")]
    assert read("activities.held").total.values == {"activities.held": 1}


def test_a_stewards_plan_waits_for_the_station_when_it_is_logged(district, plan):
    activity = plan(actor=district.steward_east)
    assert (activity.led_by, activity.steward.name) == ("steward", "陈琴")
    done = log_planned(actor=district.steward_east, activity=activity, at=WEEK_LATER, attendance=5)
    assert done.state == A.LOGGED
    again = refused(log_planned, actor=district.steward_east, activity=activity, at=WEEK_LATER, attendance=6)
    assert again.code == "illegal_transition"


def test_a_steward_publishes_nothing(district, plan):
    activity = plan(actor=district.steward_east)
    assert refused(perform, activity, "publish", actor=district.steward_east, at=NOW).code == "not_your_power"
    with pytest.raises(PermissionDenied):
        plan(actor=district.town_officer_east)


def test_an_old_version_logs_nothing(district, plan):
    activity = plan()
    change_activity(actor=district.station_head_east, activity=activity, at=NOW, title="新名")
    assert (
        refused(
            log_planned, actor=district.station_head_east, activity=activity, seen=1, at=WEEK_LATER, attendance=5
        ).code
        == "stale"
    )


def test_the_same_client_id_plans_once(plan):
    activity = plan()
    assert plan(client_uuid=activity.client_uuid).pk == activity.pk
    assert Activity.objects.count() == 1


def test_residents_see_what_was_published_and_what_became_of_it(district, plan):
    hidden, shown, called_off = plan(), plan(title="公开"), plan(title="取消")
    head = district.station_head_east
    for activity in (shown, called_off):
        perform(activity, "publish", actor=head, at=NOW)
    perform(called_off, "cancel", actor=head, comment="台风", at=NOW)
    perform(hidden, "cancel", actor=head, comment="不办了", at=NOW)
    district.log(title="没有计划的")
    assert set(Activity.objects.published()) == {shown, called_off}
    perform(shown, "void", actor=head, comment="误填", at=NOW)
    assert set(Activity.objects.published()) == {called_off}


def test_what_is_planned_again_is_seen_when_it_is_published_again(district, plan):
    activity, head = plan(begins_on=TODAY), district.station_head_east
    perform(activity, "publish", actor=head, at=NOW)
    perform(activity, "postpone", actor=head, comment="台风", at=NOW)
    assert Activity.objects.published().exists()
    perform(activity, "replan", actor=head, at=NOW)
    assert not Activity.objects.published().exists()
    log_planned(actor=head, activity=activity, at=NOW, attendance=5)
    assert not Activity.objects.published().exists()


def test_a_postponed_one_is_planned_again_for_another_day(district, plan, room):
    activity = plan(facility=room, begins_time=time(14), ends_time=time(16))
    head = district.station_head_east
    perform(activity, "postpone", actor=head, comment="检修", at=NOW)
    assert not VenueBooking.objects.booked().exists()
    later = TOMORROW + timedelta(days=7)
    change_activity(actor=head, activity=activity, at=NOW, begins_on=later, ends_on=later)
    perform(activity, "replan", actor=head, at=NOW)
    booking = VenueBooking.objects.booked().get()
    assert (activity.state, booking.begins_at.date()) == (A.PLANNED, later)


# --- late ---


def test_a_log_a_month_after_the_day_says_why_and_is_marked(district):
    day = TODAY - timedelta(days=31)
    with pytest.raises(ValidationError) as error:
        district.log(begins_on=day, late_reason="")
    assert error.value.error_dict["late_reason"][0].code == "late_reason_required"
    assert district.log(begins_on=day, late_reason="台账整理时发现漏登").late is True
    assert district.log(begins_on=TODAY - timedelta(days=30)).late is False


def test_a_correction_of_the_date_may_make_a_log_late(district):
    activity = district.log(begins_on=TODAY, late_reason="")
    head, day = district.station_head_east, TODAY - timedelta(days=60)
    moved = {"begins_on": day, "ends_on": day}
    assert list(faults(change_activity, actor=head, activity=activity, at=NOW, **moved)) == ["late_reason"]
    assert change_activity(actor=head, activity=activity, at=NOW, late_reason="原日期填错", **moved).late


# --- the six haves ---


def test_the_six_haves(district):
    activity = district.log(attendance=None)
    assert missing(activity) == ["time", "place", "people", "content", "effect", "record"]
    whole = district.log(begins_time=time(14), venue="广场", attendance=0, content="演出", effect="好")
    assert missing(whole) == ["record"]


def test_of_a_plan_nobody_asks_what_came_of_it(plan):
    assert missing(plan()) == ["time", "place", "people", "content"]
    assert missing(plan(begins_time=time(9), venue="广场", expected=50, content="排舞")) == []


# --- large events ---


def duties() -> list[tuple[str, bool]]:
    rows = Deadline.objects.filter(code="public_security_permit").order_by("pk")
    still_owed = set(rows.open())
    return [(str(duty.due_on), duty in still_owed) for duty in rows]


def test_from_a_thousand_people_on_a_permit_is_owed_twenty_days_ahead(district, plan):
    day = TODAY + timedelta(days=60)
    plan(begins_on=day, expected=999)
    assert duties() == []
    activity = plan(begins_on=day, expected=1000)
    assert duties() == [(str(day - timedelta(days=20)), True)]
    duty = Deadline.objects.get(code="public_security_permit")
    assert (duty.unit, duty.subject) == (district.east.unit, activity)


def test_five_thousand_are_the_city_polices(plan):
    plan(begins_on=TODAY + timedelta(days=60), expected=5000)
    plan(begins_on=TODAY + timedelta(days=60), expected=4999)
    city, county = (duty.label for duty in Deadline.objects.filter(code="public_security_permit").order_by("pk"))
    assert city.replace("5000", "").replace("4999", "") != county.replace("5000", "").replace("4999", "")


def test_the_duty_is_said_in_the_language_of_who_reads(plan):
    plan(begins_on=TODAY + timedelta(days=60), expected=5000, title="村晚")
    duty = Deadline.objects.get(code="public_security_permit")
    for language, words in (("en", "5000 people expected (city police)"), ("zh-hans", "市")):
        with override(language):
            assert words in duty.said
            assert "村晚" in duty.said


def test_the_permit_settles_and_a_change_of_what_was_permitted_reopens(district, plan):
    head, day = district.station_head_east, TODAY + timedelta(days=60)
    activity = plan(begins_on=day, expected=2000, venue="广场")
    entries = {"actor": head, "at": NOW, "activity": activity, "authority": "公安局", "granted_on": TODAY}
    permit = record_permit(number="1", **entries)
    due = str(day - timedelta(days=20))
    assert duties() == [(due, False)]
    change_activity(actor=head, activity=activity, at=NOW, note="多备水")
    assert duties() == [(due, False)]
    change_activity(actor=head, activity=activity, at=NOW, venue="体育场")
    permit.refresh_from_db()
    assert duties() == [(due, True)]
    assert permit.lapsed_at == NOW
    record_permit(number="2", **entries)
    assert duties() == [(due, False)]


def test_what_the_county_permitted_is_permitted_anew_when_it_grows_to_the_citys(district, plan):
    head, day = district.station_head_east, TODAY + timedelta(days=60)
    activity, due = plan(begins_on=day, expected=1200), str(day - timedelta(days=20))
    entries = {"actor": head, "at": NOW, "activity": activity, "authority": "公安局", "granted_on": TODAY}
    record_permit(number="1", **entries)
    for expected, owed in ((4999, False), (6000, True)):
        change_activity(actor=head, activity=activity, at=NOW, expected=expected)
        assert duties() == [(due, owed)]
    activity.refresh_from_db()
    record_permit(number="2", **(entries | {"activity": activity}))
    change_activity(actor=head, activity=activity, at=NOW, expected=1200)
    assert duties() == [(due, False)]


def test_fewer_people_or_no_event_settle_the_duty(district, plan):
    head, day = district.station_head_east, TODAY + timedelta(days=60)
    smaller, called_off = (plan(begins_on=day, expected=2000, title=title) for title in ("灯会", "巡游"))
    change_activity(actor=head, activity=smaller, at=NOW, expected=900)
    perform(called_off, "cancel", actor=head, comment="台风", at=NOW)
    assert [is_open for _due, is_open in duties()] == [False, False]
    with pytest.raises(StepRefused):
        record_permit(actor=head, at=NOW, activity=called_off, number="1", authority="公安局", granted_on=TODAY)


# --- spot checks ---


def test_a_spot_check_is_a_finding_and_changes_no_state(district):
    activity = district.log()
    entries = {"activity": activity, "found_on": activity.begins_on, "at": NOW}
    check = record_check(actor=district.service, finding="differs", heads_seen=30, note="人数不符", **entries)
    activity.refresh_from_db()
    assert (activity.state, activity.version) == (A.CONFIRMED, 1)
    for user, sees in (
        (district.station_head_east, True),
        (district.station_head_west, False),
        (district.steward_east, False),
    ):
        assert SpotCheck.objects.visible_to(user).filter(pk=check.pk).exists() is sees
    with pytest.raises(PermissionDenied):
        record_check(actor=district.station_head_east, finding="ok", **entries)
    assert list(faults(record_check, actor=district.service, finding="absent", **entries)) == ["note"]


# --- villages ---


def test_village_coverage_is_the_share_of_villages_reached(district):
    town = district.east.division
    village = town.children.get()
    add_division(code=f"{town.code}202", name_zh="西村", level="village", type="village", parent=town)
    district.log(village=village)
    district.log(village=village, title="又一场")
    district.log(title="没有写村")
    period = Period(date(2026, 5, 1), date(2026, 5, 31))
    table = read("activities.village_coverage", by=["division:town"], period=period)
    shares = {row.keys["division"]: row.values["activities.village_coverage"] for row in table.rows}
    assert float(shares[town.code]) == 0.5
    assert read("activities.villages_reached", period=period).total.values["activities.villages_reached"] == 1
