"""Sessions of a course on a phone: the roster is ticked without a network, and its names are kept no longer than is needed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from activities.actions import add_learners, change_learner, close_course, open_course, plan_activity
from activities.models import Activity, Course, Presence
from culture_admin.desk.rosters import courses_in_hand, rosters_to_keep
from tests.browser import sign_in as browse_as
from tests.desk.phones import desk, kept, lived_in, queued, rest, states, until, user, violations, wait
from tests.district import District

__all__ = ["desk", "lived_in", "user"]

NAMES = ["陈一", "林二", "张三"]
RECEIPTS = "**/api/v1/receipts/"


def taught(district: District, **given) -> Course:
    head = given.pop("actor", district.station_head_east)
    values = {"station": district.east, "title": "古筝班", "begins_on": timezone.localdate() - timedelta(days=7)}
    course = open_course(actor=head, **values | {"sessions_planned": 8, "class_seconds": 5400} | given)
    add_learners(actor=head, course=course, names=NAMES)
    return course


def names(user) -> list[str]:
    return [one["name"] for roster in rosters_to_keep(user, timezone.localdate()) for one in roster["learners"]]


# --- what a phone is given --------------------------------------------------------------------------------------------


def test_a_phone_is_given_names_and_days_and_nothing_else(sign_in, district):
    course = taught(district)
    told = sign_in("station_head_east").get("/desk/rosters/").json()
    (roster,) = told["rosters"]
    assert told["user"] == district.station_head_east.pk
    assert (roster["course"], roster["title"], roster["class_hours"]) == (course.pk, "古筝班", "2")
    assert [set(learner) for learner in roster["learners"]] == [{"id", "name", "from", "until"}] * 3
    assert [learner["name"] for learner in roster["learners"]] == NAMES


def test_nobody_is_given_names_he_does_not_stand_in_front_of(district):
    taught(district)
    assert names(district.station_officer_east) == NAMES
    for role in (
        "station_head_west",
        "steward_east",
        "steward_west",
        "bureau_admin",
        "firm_manager",
        "town_officer_east",
    ):
        assert names(getattr(district, role)) == [], role


def test_a_steward_is_given_the_rosters_of_his_own_courses(district):
    taught(district, actor=district.steward_east, posting=district.posting("east"))
    assert names(district.steward_east) == NAMES


def test_names_leave_with_the_course_and_with_whoever_left_long_ago(district):
    course, head, today = taught(district), district.station_head_east, timezone.localdate()
    learner = course.learners.get(name="张三")
    change_learner(
        actor=head, learner=learner, joined_on=today - timedelta(days=90), left_on=today - timedelta(days=40)
    )
    assert names(head) == NAMES[:2]
    over = taught(district, title="去年的", begins_on=today - timedelta(days=90), ends_on=today - timedelta(days=40))
    assert list(courses_in_hand(head, today)) == [course]
    assert over.state == "open"
    close_course(actor=head, course=course, completed=2)
    assert names(head) == []


def test_no_page_that_a_phone_keeps_has_a_name_in_it(sign_in, district):
    taught(district)
    head = sign_in("station_head_east")
    for page in ("", "log/", "queue/", "confirm/", "sessions/"):
        text = head.get(f"/desk/{page}").content.decode()
        assert not [name for name in NAMES if name in text], page
    assert "古筝班" in head.get("/desk/sessions/").content.decode()


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.fixture
def course(lived_in) -> Course:
    return taught(lived_in)


def stored(page: Page) -> list[dict]:
    return page.evaluate(
        "new Promise(done => { const asked = indexedDB.open('desk'); asked.onsuccess = () => {"
        " const all = asked.result.transaction('rosters').objectStore('rosters').getAll();"
        " all.onsuccess = () => { asked.result.close(); done(all.result); }; }; })"
    )


def with_rosters(page: Page) -> None:
    """Opens the first page, which brings the rosters, and waits until they are kept."""
    page.goto("/desk/")
    kept(page)
    wait(page, "caches.match('/desk/sessions/').then(Boolean)")
    for _time in range(50):
        if stored(page):
            return
        page.wait_for_timeout(100)
    raise AssertionError("no roster was kept")


def test_a_session_is_ticked_edited_and_sent_without_a_network_in_between(desk: Page, course, lived_in):
    with_rosters(desk)
    desk.context.set_offline(True)
    desk.goto(f"/desk/courses/{course.pk}/session/")
    expect(desk.locator("h1")).to_contain_text("古筝班")
    ticks = desk.locator("[data-ticks] label")
    expect(ticks).to_have_text([f" {name}" for name in NAMES])
    assert violations(desk) == []
    ticks.filter(has_text="林二").locator("input").uncheck()
    desk.click(".bar button")
    expect(desk.locator("#kept [data-when~=saved]").first).to_be_visible()
    rest(desk)
    (entry,) = queued(desk)
    assert (entry["kind"], len(entry["fields"]["present"]), entry["fields"]["class_minutes"]) == ("session", 2, 90)
    assert not [name for name in NAMES if name in str(entry)]

    desk.goto("/desk/queue/")
    rest(desk)
    desk.click("#entries [data-part=edit]")
    expect(desk.locator("[data-ticks] input:checked")).to_have_count(2)
    desk.locator("[data-ticks] label", has_text="张三").locator("input").uncheck()
    desk.click(".bar button")
    expect(desk.locator("#kept [data-when~=saved]").first).to_be_visible()
    desk.context.set_offline(False)
    until(desk, "sent")
    activity = Activity.objects.get(course=course)
    assert (activity.title, activity.attendance, activity.counted_by, activity.class_seconds) == (
        "古筝班",
        1,
        "roster",
        5400,
    )
    there = Presence.objects.filter(activity=activity).order_by("learner").values_list("learner__name", "present")
    assert list(there) == [("陈一", True), ("林二", False), ("张三", False)]

    # What was sent is corrected by a change, again without a network.
    desk.context.set_offline(True)
    desk.goto("/desk/queue/")
    desk.click("#entries [data-part=edit]")
    expect(desk.locator("[data-ticks] input:checked")).to_have_count(1)
    desk.locator("[data-ticks] label", has_text="林二").locator("input").check()
    desk.click(".bar button")
    expect(desk.locator("#kept [data-when~=saved]").first).to_be_visible()
    assert [entry["kind"] for entry in queued(desk)] == ["session", "change"]
    desk.context.set_offline(False)
    until(desk, "sent", "sent")
    activity.refresh_from_db()
    assert (activity.attendance, activity.version) == (2, 2)


def test_a_planned_session_takes_its_roster_from_the_first_page(desk: Page, course, lived_in, user):
    activity = plan_activity(
        actor=user, station=lived_in.east, course=course, title="古筝班第二讲", kind=lived_in.kind("TRNG"),
        begins_on=timezone.localdate(),
    )  # fmt: skip
    with_rosters(desk)
    wait(desk, "caches.match('/desk/').then(found => found.text()).then(text => text.includes('data-planned'))")
    desk.context.set_offline(True)
    desk.goto("/desk/")
    row = desk.locator("section[aria-labelledby=planned] .rows > li")
    row.locator("> a").click()
    row.locator("[data-ticks] label", has_text="陈一").locator("input").uncheck()
    assert violations(desk) == []
    row.locator("form button.main").click()
    expect(row).to_be_hidden()
    desk.context.set_offline(False)
    until(desk, "sent")
    activity.refresh_from_db()
    assert (activity.state, activity.attendance, activity.counted_by) == ("confirmed", 2, "roster")


def test_signing_out_takes_the_names_off_the_phone_and_leaves_what_is_unsent(desk: Page, site, course, lived_in):
    # Before the first request: one that is under way when its address is closed goes through.
    desk.route(RECEIPTS, lambda route: route.abort())
    with_rosters(desk)
    desk.context.set_offline(True)
    desk.goto(f"/desk/courses/{course.pk}/session/")
    desk.click(".bar button")
    expect(desk.locator("#kept [data-when~=saved]").first).to_be_visible()
    rest(desk)
    desk.goto("/desk/")
    with desk.expect_request(RECEIPTS):
        desk.context.set_offline(False)
    until(desk, "waiting")
    desk.click("details.account summary")
    desk.click("form[action*=logout] button")
    desk.wait_for_url("**/login/**")
    assert stored(desk) == []
    assert desk.evaluate("caches.keys().then(names => names.filter(name => name.startsWith('pages')))") == []
    assert states(desk) == ["waiting"]

    # Neither does a phone keep the names of who had it before.
    browse_as(desk.context, site, lived_in.station_head_east)
    with_rosters(desk)
    desk.context.clear_cookies()
    browse_as(desk.context, site, lived_in.station_head_west)
    desk.goto("/desk/queue/")
    for _time in range(50):
        if not stored(desk):
            break
        desk.wait_for_timeout(100)
    assert stored(desk) == []
