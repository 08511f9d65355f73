"""The desk without a network, in a real browser at 390 px: nothing is lost, nothing comes twice, everything is said."""

from __future__ import annotations

import io
import json
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.contenttypes.models import ContentType
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, Route, expect

from activities.actions import change_activity
from activities.models import Activity, Receipt
from culture_admin.accounts.models import User
from culture_admin.exchange.models import Attachment
from culture_admin.statistics.periods import Grain, Period
from culture_admin.statistics.reading import read
from tests.browser import sign_in
from tests.desk.test_phone import COUNT_TAPS, report, taps, wide
from tests.district import District

RECEIPTS = "**/api/v1/receipts/"
HELD, TIMES = "activities.held", "activities.person_times"


@pytest.fixture
def lived_in(committed_db) -> District:
    """The district with one performance of the head's and one rehearsal that a steward reported."""
    district = District()
    district.log(title="邻里节演出")
    district.log(actor=district.steward_east, title="合唱排练")
    return district


@pytest.fixture
def user(lived_in) -> User:
    return lived_in.station_head_east


@pytest.fixture
def desk(phone: Page, site, user) -> Iterator[Page]:
    """The phone of the station's head, with the pages kept; the console complains of nothing but a missing network."""
    heard: list[str] = []
    sign_in(phone.context, site, user)
    phone.on("pageerror", lambda error: heard.append(str(error)))
    phone.goto("/desk/")
    kept(phone)
    yield phone
    assert heard == []


def kept(page: Page) -> None:
    """Waits until the worker is in charge and has kept the pages."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wait(page, "Boolean(navigator.serviceWorker.controller)")
    wait(page, "caches.match('/desk/queue/').then(Boolean)")


def wait(page: Page, condition: str) -> None:
    """Waits for an expression to be true; the page's own policy forbids Playwright's way of asking again."""
    for _time in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(condition)


def photo(number: int) -> dict[str, object]:
    content = io.BytesIO()
    Image.effect_noise((320, 240), 20 + 9 * number).convert("RGB").save(content, "JPEG")
    return {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def log(page: Page, title: str, heads: int, *photos: dict) -> None:
    """Logs on the form that is open, and waits until it is acknowledged."""
    page.fill("[name=title]", title)
    page.check("[data-code=PERF]", force=True)
    page.fill("[name=attendance]", str(heads))
    if photos:
        page.set_input_files("#id_photos", list(photos))
    page.click(".bar button")
    page.wait_for_selector("#kept:not([hidden])")


def queued(page: Page) -> list[dict]:
    """What the phone keeps, oldest first."""
    return page.evaluate(
        "new Promise(done => { const asked = indexedDB.open('desk'); asked.onsuccess = () => {"
        " const all = asked.result.transaction('entries').objectStore('entries').getAll();"
        " all.onsuccess = () => { asked.result.close();"
        "  done(all.result.sort((a, b) => a.saved_at < b.saved_at ? -1 : 1)); }; }; })"
    )


def states(page: Page) -> list[str]:
    return [entry["state"] for entry in queued(page)]


def until(page: Page, *expected: str) -> None:
    """Waits until the entries are in these states."""
    for _time in range(100):
        if states(page) == list(expected):
            return
        page.wait_for_timeout(100)
    assert states(page) == list(expected)


def test_three_logs_with_photos_outlive_a_closed_tab_and_a_server_that_dies(desk: Page, site, user):
    context = desk.context
    context.set_offline(True)
    desk.goto("/desk/log/")
    for number in (1, 2, 3):
        log(desk, f"离线第{number}场", 100 * number, photo(number))
        desk.click("[data-another]")
    expect(desk.locator("#unsent b")).to_have_text("3")
    desk.close()

    page = context.new_page()
    page.goto("/desk/queue/")
    expect(page.locator("#entries > li")).to_have_count(3)
    assert not Activity.objects.filter(title__startswith="离线").exists()

    deliveries: list[str] = []

    def dies(route: Route) -> None:
        """First the server is down, then it does the work and its answer is lost, then it answers."""
        deliveries.append(route.request.headers["idempotency-key"])
        if len(deliveries) == 1:
            route.fulfill(status=503, content_type="text/html", body="<h1>503</h1>")
        elif len(deliveries) == 2:
            assert route.fetch().status == 200
            route.abort()
        else:
            route.continue_()

    # A page's worker is not between it and the server for this address; routes see what the page sends.
    page.route(RECEIPTS, dies)
    context.set_offline(False)
    for _try in range(3):
        page.click("#send")
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
    desk.goto("/desk/queue/")
    desk.locator("#entries > li", has_text="写错的").locator("[data-part=edit]").click()
    expect(desk.locator("[name=attendance]")).to_have_value("12")
    log(desk, "写对的", 21)
    asked: list[str] = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    desk.goto("/desk/queue/")
    desk.locator("#entries > li", has_text="多余的").locator("[data-part=delete]").click()
    expect(desk.locator("#entries > li")).to_have_count(1)
    assert len(asked) == 1
    desk.context.set_offline(False)
    desk.click("#send")
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
    desk.click("#send")
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
    desk.click("#send")
    until(desk, "sent")
    assert Activity.objects.filter(title="存成文件").count() == 1
    assert Receipt.objects.count() == 1


def brought(page: Page, file: Path) -> None:
    page.goto("/desk/queue/")
    page.click("main > .narrow > details > summary")
    page.set_input_files("main [name=file]", file)
    page.click("main details form button")
    page.wait_for_load_state()


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


def test_a_new_version_takes_over_and_leaves_the_queue_alone(desk: Page, monkeypatch):
    desk.context.set_offline(True)
    desk.goto("/desk/log/")
    log(desk, "旧版本记的", 8)
    desk.click("[data-another]")
    desk.fill("[name=title]", "写了一半")
    desk.context.set_offline(False)
    monkeypatch.setattr(staticfiles_storage, "manifest_hash", "another", raising=False)
    desk.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update())")
    expect(desk.locator("#fresh")).to_be_visible()
    waiting = "navigator.serviceWorker.getRegistration().then(found => Boolean(found.waiting))"
    assert desk.evaluate(waiting)
    expect(desk.locator("[name=title]")).to_have_value("写了一半")
    desk.goto("/desk/queue/")
    wait(desk, f"{waiting}.then(still => !still)")
    until(desk, "sent")
    assert Activity.objects.filter(title="旧版本记的").count() == 1


def test_a_browser_that_keeps_nothing_sends_the_plain_form(phone: Page, site, user):
    sign_in(phone.context, site, user)
    phone.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    phone.goto("/desk/log/")
    phone.fill("[name=title]", "无痕窗口")
    phone.check("[data-code=PERF]", force=True)
    phone.fill("[name=attendance]", "9")
    phone.click(".bar button")
    phone.wait_for_url("**/desk/activities/*/")
    assert Activity.objects.get(title="无痕窗口").attendance == 9


def test_five_hundred_records_leave_in_ten_requests_at_most(desk: Page, lived_in):
    desk.goto("/desk/queue/")
    sent: list[str] = []
    desk.on("request", lambda request: sent.append(request.url) if request.url.endswith("/receipts/") else None)
    fields = {
        "station": lived_in.east.pk, "kind": "PERF", "begins_on": timezone.localdate().isoformat(), "attendance": 1,
    }  # fmt: skip
    desk.evaluate(
        """async fields => {
          const { save, deliver } = await import("/static/desk/queue.js");
          await save(Array.from({ length: 500 }, (_none, number) => (
            { kind: "log", title: `第${number}场`, fields: { ...fields, title: `第${number}场` } })));
          await deliver({ now: true });
        }""",
        fields,
    )
    assert Activity.objects.filter(begins_on=timezone.localdate()).count() == 500
    assert len(sent) <= 10


def test_the_log_page_is_soon_usable_on_a_bad_network(phone: Page, site, user, lived_in):
    """400 kbit/s and 400 ms: two seconds cold, half a second from the worker."""
    sign_in(phone.context, site, user)
    network = phone.context.new_cdp_session(phone)
    network.send("Network.enable")
    bad = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    network.send("Network.emulateNetworkConditions", bad)
    cold = usable(phone)
    network.send(
        "Network.emulateNetworkConditions", {**bad, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    )
    phone.goto("/desk/")
    kept(phone)
    network.send("Network.emulateNetworkConditions", bad)
    again = min(usable(phone) for _time in range(3))
    report("open the log page on a bad network", seconds_cold=round(cold, 2), seconds_kept=round(again, 2))
    assert cold <= 2.0
    assert again <= 0.5


def usable(page: Page) -> float:
    """Seconds from asking for the log page until its form can be filled in and saved."""
    page.goto("/desk/log/", wait_until="domcontentloaded")
    return page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventStart") / 1000


def violations(page: Page) -> list[tuple[str, str]]:
    return [(found["id"], found["nodes"][0]["html"]) for found in Axe().run(page).response["violations"]]


@pytest.mark.parametrize(("language", "scheme", "width"), [("zh-hans", "light", 390), ("en", "dark", 768)])
def test_the_pages_are_for_everybody_with_and_without_a_network(desk: Page, site, language, scheme, width):
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    desk.emulate_media(color_scheme=scheme)
    desk.set_viewport_size({"width": width, "height": 844})
    for page in ("log", "queue", "confirm"):
        desk.goto(f"/desk/{page}/")
        wait(desk, f"caches.match('/desk/{page}/').then(kept => kept.text()).then(text => text.includes('{language}'))")
    for offline in (False, True):
        desk.context.set_offline(offline)
        for page in ("log", "queue", "confirm"):
            desk.goto(f"/desk/{page}/")
            expect(desk.locator("#unsent")).to_be_visible()
            assert desk.locator("html").get_attribute("lang") == language
            assert (page, violations(desk), wide(desk)) == (page, [], 0)
        if offline:
            desk.goto("/desk/log/")
            log(desk, "断网", 3)
            assert violations(desk) == []
            desk.goto("/desk/queue/")
            expect(desk.locator("#entries > li")).to_have_count(1)
            assert violations(desk) == []


def test_the_app_can_be_installed(desk: Page, site):
    answer = desk.request.get("/desk/manifest.webmanifest")
    told = answer.json()
    assert (told["scope"], told["display"]) == ("/desk/", "standalone")
    for icon in told["icons"]:
        content = desk.request.get(icon["src"]).body()
        assert f"{Image.open(io.BytesIO(content)).width}x{Image.open(io.BytesIO(content)).height}" == icon["sizes"]
    worker = desk.request.get("/desk/worker.js")
    assert "no-store" in worker.headers["cache-control"]
