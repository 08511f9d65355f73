"""The desk without a network, in a real browser at 390 px: nothing is lost, nothing comes twice, everything is said."""

from __future__ import annotations

import json
import statistics
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from activities.actions import change_activity
from activities.models import Activity, Receipt
from culture_admin.exchange.models import Attachment
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.reading import read
from tests.browser import sign_in
from tests.desk.phones import close, desk, lived_in, log, photo, queued, rest, states, until, user, violations
from tests.desk.test_phone import COUNT_TAPS, report, taps

__all__ = ["desk", "lived_in", "user"]

RECEIPTS = "**/api/v1/receipts/"
HELD, TIMES = "activities.held", "activities.person_times"


def test_three_logs_with_photos_outlive_a_closed_tab_and_a_server_that_dies(desk: Page, site, user):
    context = desk.context
    context.set_offline(True)
    desk.goto("/desk/log/")
    for number in (1, 2, 3):
        log(desk, f"离线第{number}场", 100 * number, photo(number))
        desk.click("[data-another]")
    expect(desk.locator("#unsent b")).to_have_text("3")
    close(desk)

    network: list[str] = []
    deliveries: list[str] = []

    def dies(route: Route) -> None:
        """First the server is down, then it does the work and its answer is lost, then it answers."""
        if not network:
            route.abort()
            return
        deliveries.append(route.request.headers["idempotency-key"])
        if len(deliveries) == 1:
            route.fulfill(status=503, content_type="text/html", body="<h1>503</h1>")
        elif len(deliveries) == 2:
            assert route.fetch().status == 200
            route.abort()
        else:
            route.continue_()

    # A page's worker is not between it and the server for this address; routes see what the page sends.
    page = context.new_page()
    page.route(RECEIPTS, dies)
    page.goto("/desk/queue/")
    expect(page.locator("#entries > li")).to_have_count(3)
    assert not Activity.objects.filter(title__startswith="离线").exists()

    network.append("is there")
    context.set_offline(False)
    for _try in range(3):
        send_now(page)
        page.wait_for_timeout(500)
    until(page, "sent", "sent", "sent")
    assert len(deliveries) >= 3
    # A lost answer is asked for again under the same key.
    assert deliveries[0] == deliveries[1] == deliveries[2]

    rows = Activity.objects.filter(title__startswith="离线").order_by("title")
    assert [(row.title, row.attendance, row.state) for row in rows] == [
        (f"离线第{number}场", 100 * number, "confirmed") for number in (1, 2, 3)
    ]
    receipts = {str(receipt.entry): receipt for receipt in Receipt.objects.all()}
    assert len(receipts) == 3
    for entry in queued(page):
        assert entry["receipt"]["content_hash"] == receipts[entry["client_uuid"]].content_hash
    total = read([HELD, TIMES], user=user, period=Period.of(Grain.MONTH, timezone.localdate())).total
    assert (total.values[HELD], total.values[TIMES]) == (3, 600)

    expect(page.locator("#unsent.some")).to_have_count(0, timeout=15_000)
    subject = ContentType.objects.get_for_model(Activity)
    pictures = Attachment.objects.filter(subject_type=subject, subject_id__in=rows)
    assert sorted(pictures.values_list("subject_id", flat=True)) == sorted(row.pk for row in rows)


def test_a_log_takes_as_few_taps_without_a_network_and_is_saved_at_once(desk: Page, lived_in):
    """Five taps for a first one and three and the digits for a repeated one; acknowledged within 100 ms."""
    desk.add_init_script(COUNT_TAPS)
    desk.context.set_offline(True)
    desk.goto("/desk/")
    desk.evaluate("sessionStorage.taps = 0")
    desk.tap(".button.big")
    desk.tap("[name=title]")
    desk.keyboard.type("村晚联欢会")
    desk.tap("label:has([data-code=PERF])")
    desk.tap("[name=attendance]")
    desk.keyboard.type("260")
    desk.tap(".bar button")
    desk.wait_for_selector("#kept:not([hidden])")
    assert taps(desk) <= 5

    desk.goto("/desk/")
    desk.evaluate("sessionStorage.taps = 0")
    desk.tap("a[href*='?like=']")
    expect(desk.locator("[name=title]")).to_have_value("邻里节演出")
    desk.tap("[name=attendance]")
    desk.keyboard.type("90")
    desk.tap(".bar button")
    desk.wait_for_selector("#kept:not([hidden])")
    again = taps(desk)
    assert again <= 3
    assert [(entry["title"], entry["fields"]["attendance"]) for entry in queued(desk)] == [
        ("村晚联欢会", 260), ("邻里节演出", 90),
    ]  # fmt: skip

    desk.goto("/desk/log/")
    for number in range(5):
        log(desk, f"第{number}场", number)
        desk.click("[data-another]")
    spent = desk.evaluate("performance.getEntriesByName('saved on the phone').map(one => one.duration)")
    assert len(spent) == 5
    report("save without a network", milliseconds=round(statistics.median(spent), 1))
    assert statistics.median(spent) <= 100


def test_an_unsent_log_is_edited_and_deleted_without_a_network(desk: Page):
    desk.context.set_offline(True)
    desk.goto("/desk/log/")
    log(desk, "写错的", 12)
    desk.click("[data-another]")
    log(desk, "多余的", 1)
    rest(desk)
    desk.goto("/desk/queue/")
    desk.locator("#entries > li", has_text="写错的").locator("[data-part=edit]").click()
    expect(desk.locator("[name=attendance]")).to_have_value("12")
    log(desk, "写对的", 21)
    rest(desk)
    asked: list[str] = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    desk.goto("/desk/queue/")
    desk.locator("#entries > li", has_text="多余的").locator("[data-part=delete]").click()
    expect(desk.locator("#entries > li")).to_have_count(1)
    assert len(asked) == 1
    desk.context.set_offline(False)
    send_now(desk)
    until(desk, "sent")
    assert [(row.title, row.attendance) for row in Activity.objects.filter(begins_on=timezone.localdate())] == [
        ("写对的", 21)
    ]


def test_confirming_without_a_network_meets_what_was_changed_meanwhile(desk: Page, lived_in):
    reported = Activity.objects.get(title="合唱排练")
    other = lived_in.log(actor=lived_in.steward_east, title="太极晨练")
    desk.goto("/desk/confirm/")
    desk.context.set_offline(True)
    desk.goto("/desk/confirm/")
    desk.check(f"[name=pick][value='{reported.pk}-1']")
    desk.check(f"[name=pick][value='{other.pk}-1']")
    desk.click(".bar button")
    expect(desk.locator("#confirmed [data-when=waiting] b")).to_have_text("2")
    expect(desk.locator("[name=pick][type=checkbox]")).to_have_count(0)
    change_activity(actor=lived_in.steward_east, activity=reported, attendance=90)

    desk.context.set_offline(False)
    desk.goto("/desk/queue/")
    send_now(desk)
    conflict = desk.locator("#entries > li", has_text="合唱排练")
    expect(conflict.locator("[data-part=conflict]")).to_be_visible()
    expect(conflict.locator("tbody tr", has_text="90").locator("td")).to_have_text(["120", "90", "90"])
    reported.refresh_from_db()
    other.refresh_from_db()
    assert (reported.state, other.state) == ("logged", "confirmed")
    assert violations(desk) == []
    conflict.locator("[data-part=mine]").click()
    expect(conflict.locator("[data-part=state]")).to_have_class("tag confirmed")
    reported.refresh_from_db()
    assert (reported.state, reported.attendance) == ("confirmed", 90)


def test_an_expired_session_loses_nothing(desk: Page, site, user):
    desk.goto("/desk/log/")
    desk.context.clear_cookies()
    log(desk, "登录过期", 30)
    expect(desk.locator("#kept [data-when=sign_in]").first).to_be_visible()
    assert states(desk) == ["waiting"]
    sign_in(desk.context, site, user)
    desk.goto("/desk/")
    until(desk, "sent")
    assert Activity.objects.get(title="登录过期").recorded_by == user


def test_on_a_shared_phone_nobody_sends_for_another(desk: Page, site, lived_in, user):
    desk.context.set_offline(True)
    desk.goto("/desk/log/")
    log(desk, "站长记的", 30)
    desk.context.clear_cookies()
    sign_in(desk.context, site, lived_in.station_officer_east)
    desk.context.set_offline(False)
    desk.goto("/desk/queue/")
    expect(desk.locator("#others")).to_contain_text("station_head_east")
    expect(desk.locator("#entries > li")).to_have_count(0)
    desk.wait_for_timeout(500)
    assert states(desk) == ["saved"] or states(desk) == ["waiting"]
    assert not Activity.objects.filter(title="站长记的").exists()
    # A kept page of the head's under the officer's session: the server sees whose records these are.
    answer = desk.request.post(
        "/api/v1/receipts/",
        data={"user": user.pk, "records": [{"client_uuid": "x"}]},
        headers={"X-CSRFToken": next(one["value"] for one in desk.context.cookies() if one["name"] == "csrftoken")},
    )
    assert (answer.status, answer.json()["code"]) == (409, "other_user")
    desk.context.clear_cookies()
    sign_in(desk.context, site, user)
    desk.goto("/desk/queue/")
    until(desk, "sent")
    assert Activity.objects.get(title="站长记的").recorded_by == user


def test_a_queue_saved_as_a_file_is_brought_in_at_another_machine(
    desk: Page, page: Page, site, lived_in, user, tmp_path
):
    desk.context.set_offline(True)
    desk.goto("/desk/log/")
    log(desk, "存成文件", 44)
    rest(desk)
    desk.goto("/desk/queue/")
    with desk.expect_download() as waiting:
        desk.click("#save")
    saved = Path(tmp_path / "queue.json")
    waiting.value.save_as(saved)
    assert json.loads(saved.read_text())["user_name"] == "station_head_east"

    sign_in(page.context, site, lived_in.station_officer_east)
    brought(page, saved)
    expect(page.locator(".faults")).to_contain_text("station_head_east")
    assert not Activity.objects.filter(title="存成文件").exists()
    page.context.clear_cookies()
    sign_in(page.context, site, user)
    brought(page, saved)
    expect(page.locator("#came ~ ul li")).to_contain_text(["存成文件"])
    brought(page, saved)
    desk.context.set_offline(False)
    send_now(desk)
    until(desk, "sent")
    assert Activity.objects.filter(title="存成文件").count() == 1
    assert Receipt.objects.count() == 1


def brought(page: Page, file: Path) -> None:
    page.goto("/desk/queue/")
    page.click("main > .narrow > details > summary")
    page.set_input_files("main [name=file]", file)
    with page.expect_navigation():
        page.click("main details form button")


def test_a_code_that_is_gone_keeps_the_record_and_names_the_codes(desk: Page):
    desk.goto("/desk/log/")
    desk.evaluate("document.querySelector('[data-code=PERF]').dataset.code = 'GONE'")
    desk.fill("[name=title]", "旧代码")
    desk.check("[data-code=GONE]", force=True)
    desk.fill("[name=attendance]", "5")
    desk.click(".bar button")
    expect(desk.locator("#kept [data-reason]")).to_contain_text("GONE")
    desk.goto("/desk/queue/")
    expect(desk.locator("#entries [data-part=reason]")).to_contain_text("PERF")
    desk.locator("[data-part=edit]").click()
    expect(desk.locator("[name=title]")).to_have_value("旧代码")
    log(desk, "旧代码", 5)
    until(desk, "sent")


def send_now(page: Page) -> None:
    """Presses the button by script: where the queue has been faster than the finger the button is gone already."""
    page.evaluate("document.getElementById('send').click()")
