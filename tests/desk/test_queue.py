"""The queue of a phone when things cross: lost answers, refused photos, plans held without a network, an office that ended."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from activities.actions import change_activity, plan_activity
from activities.models import Activity, Receipt
from culture_admin.desk.views import offline
from culture_admin.exchange.models import Attachment
from tests.desk.phones import desk, kept, lived_in, log, photo, queued, states, until, user, violations, wait

__all__ = ["desk", "lived_in", "user"]

RECEIPTS, UPLOADS = "**/api/v1/receipts/", "**/api/v1/uploads/"


def pictures(activity: Activity) -> int:
    subject = ContentType.objects.get_for_model(Activity)
    return Attachment.objects.filter(subject_type=subject, subject_id=activity.pk).count()


@pytest.mark.parametrize(("choice", "heads"), [("mine", 77), ("theirs", 30)])
def test_the_photos_of_an_entry_in_conflict_reach_the_record_either_way(desk: Page, choice, heads):
    """The log arrived and its answer was lost; then it was edited on the phone, so two stand against each other."""

    arrived: list[int] = []

    def lost(route: Route) -> None:
        if not arrived:
            arrived.append(route.fetch().status)
        route.abort()

    desk.route(RECEIPTS, lost)
    desk.goto("/desk/log/")
    log(desk, "有照片的", 30, photo(1))
    wait(desk, "document.querySelector('#unsent b').textContent === '1'")
    until(desk, "waiting")
    desk.click("#kept [data-edit]")
    expect(desk.locator("[name=attendance]")).to_have_value("30")
    log(desk, "有照片的", 77)
    desk.unroute(RECEIPTS)
    desk.goto("/desk/queue/")
    desk.click("#send")
    conflict = desk.locator("#entries > li", has_text="有照片的")
    expect(conflict.locator("[data-part=conflict]")).to_be_visible()
    conflict.locator(f"[data-part={choice}]").click()
    expect(desk.locator("#unsent.some")).to_have_count(0, timeout=15_000)
    activity = Activity.objects.get(title="有照片的")
    assert (activity.attendance, pictures(activity)) == (heads, 1)


def test_a_delivery_whose_page_was_left_is_asked_for_again_by_itself(desk: Page):
    """The first request is still at work when the next page sends the same; nobody taps, and it does not take half a minute."""
    keys: list[str] = []

    def at_work(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            problem = {"status": 409, "code": "in_flight", "detail": "at work"}
            route.fulfill(status=409, content_type="application/problem+json", body=json.dumps(problem))
        else:
            route.continue_()

    desk.route(RECEIPTS, at_work)
    desk.goto("/desk/log/")
    log(desk, "还在路上", 5)
    until(desk, "sent")
    assert keys == [keys[0]] * 2


def test_one_refused_photo_does_not_hold_up_the_next(desk: Page):
    refusals: list[str] = []

    def refused(route: Route) -> None:
        refusals.append(route.request.url)
        problem = {"status": 403, "code": "not_permitted", "detail": "不能附在这里"}
        route.fulfill(status=403, content_type="application/problem+json", body=json.dumps(problem))

    desk.route(UPLOADS, refused, times=1)
    desk.goto("/desk/log/")
    log(desk, "两张照片", 5, photo(1), photo(2))
    until(desk, "sent")
    desk.goto("/desk/queue/")
    expect(desk.locator("#entries [data-part=refusal]")).to_have_text("不能附在这里")
    expect(desk.locator("#none")).to_be_hidden()
    activity = Activity.objects.get(title="两张照片")
    for _time in range(50):
        if pictures(activity):
            break
        desk.wait_for_timeout(100)
    assert (pictures(activity), len(refusals)) == (1, 1)
    desk.click("#entries [data-part=again]")
    expect(desk.locator("#unsent.some")).to_have_count(0, timeout=15_000)
    assert pictures(activity) == 2


def test_who_may_not_enter_any_more_is_told_so_and_not_sent_to_sign_in(desk: Page):
    problem = json.dumps({"status": 403, "code": "not_permitted", "detail": "-"})
    desk.route(RECEIPTS, lambda route: route.fulfill(status=403, content_type="application/problem+json", body=problem))
    desk.goto("/desk/log/")
    log(desk, "职务结束后", 5)
    expect(desk.locator("#kept p[data-when=not_permitted]")).to_be_visible()
    expect(desk.locator("#kept p[data-when=sign_in]")).to_be_hidden()
    assert states(desk) == ["waiting"]


def planned(user, lived_in, **given) -> Activity:
    values = {
        "station": lived_in.east, "title": "秋季展览", "kind": lived_in.kind("PERF"), "begins_on": timezone.localdate(),
    }  # fmt: skip
    return plan_activity(actor=user, **values | given)


def keep_anew(page: Page) -> None:
    """The first page is kept as it is now."""
    page.goto("/desk/")
    kept(page)
    wait(page, "caches.match('/desk/').then(found => found.text()).then(text => text.includes('data-planned'))")


def test_what_was_planned_is_logged_from_the_kept_page(desk: Page, user, lived_in):
    activity = planned(user, lived_in)
    keep_anew(desk)
    desk.context.set_offline(True)
    desk.goto("/desk/")
    row = desk.locator("section[aria-labelledby=planned] .rows > li")
    row.locator("> a").click()
    form = row.locator("form")
    expect(form).to_be_visible()
    form.locator("button.main").click()
    expect(form.locator("[data-fault]")).to_be_visible()
    assert violations(desk) == []
    form.locator("[name=attendance]").fill("64")
    form.locator("button.main").click()
    expect(row).to_be_hidden()
    expect(desk.locator("#held [data-when~=waiting]")).to_be_visible()
    (kept_entry,) = queued(desk)
    assert (kept_entry["kind"], kept_entry["activity"], kept_entry["seen"]) == ("hold", activity.pk, "v1")
    desk.context.set_offline(False)
    until(desk, "sent")
    activity.refresh_from_db()
    assert (activity.state, activity.attendance) == ("confirmed", 64)
    assert activity.device_at
    assert activity.device_at < Receipt.objects.get().received_at
    expect(desk.locator("#held [data-when=confirmed]")).to_be_visible()


def test_my_figures_over_a_changed_plan_keep_the_time_they_were_entered(desk: Page, user, lived_in):
    activity = planned(user, lived_in)
    keep_anew(desk)
    desk.context.set_offline(True)
    desk.goto("/desk/")
    desk.locator("section[aria-labelledby=planned] .rows > li > a").click()
    desk.locator("form[data-planned] [name=attendance]").fill("64")
    desk.locator("form[data-planned] button.main").click()
    expect(desk.locator("#held")).to_be_visible()
    entered_at = queued(desk)[0]["device_at"]
    change_activity(actor=user, activity=activity, venue="文化广场")
    desk.context.set_offline(False)
    desk.goto("/desk/queue/")
    conflict = desk.locator("#entries > li", has_text="秋季展览")
    conflict.locator("[data-part=mine]").click()
    until(desk, "sent")
    assert queued(desk)[0]["device_at"] == entered_at
    activity.refresh_from_db()
    assert (activity.attendance, activity.venue) == (64, "文化广场")


@pytest.mark.parametrize("secret", ["z" * 32, ""])
def test_a_kept_page_sends_its_form_with_the_token_of_now(desk: Page, user, lived_in, monkeypatch, secret):
    """The network is slow, so the page that was kept under an earlier session is what is shown."""
    answers = threading.Event()
    parameters = offline.QueryParameters

    def slow(request, **known):
        if request.method == "GET":
            assert answers.wait(30)
        return parameters(request, **known)

    record = {
        "client_uuid": "5d7e1b3a-8f43-4a7d-9a43-0f6f3f7f0c11", "kind": "log", "activity": None, "seen": None,
        "after": None, "device_at": (timezone.now() - timedelta(hours=1)).isoformat(),
        "fields": {
            "station": lived_in.east.pk, "title": "文件里的", "kind": "PERF", "attendance": 3,
            "begins_on": timezone.localdate().isoformat(),
        },
    }  # fmt: skip
    file = {"format": "culture-desk-queue", "version": 1, "user": user.pk, "user_name": "", "records": [record]}
    monkeypatch.setattr(offline, "QueryParameters", slow)
    own = next(one for one in desk.context.cookies() if one["name"] == "csrftoken")
    desk.context.clear_cookies(name="csrftoken")
    if secret:
        desk.context.add_cookies([{**own, "value": secret}])
    desk.goto("/desk/queue/")
    wait(desk, "!document.getElementById('unsent').hidden")
    desk.click("main > .narrow > details > summary")
    desk.set_input_files(
        "main [name=file]",
        [{"name": "queue.json", "mimeType": "application/json", "buffer": json.dumps(file).encode()}],
    )
    desk.click("main details form button")
    answers.set()
    expect(desk.locator("#came ~ ul li")).to_contain_text(["文件里的"], timeout=20_000)
