"""The desk in a real browser at 390 px: taps, weight, and that everybody can use it."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from activities.actions import register_team
from activities.models import Activity, Kind
from culture_admin.environment import CHECKOUT
from tests.browser import PHONE, sign_in
from tests.desk.test_imports import ROWS, ledger
from tests.district import NOW, PASSWORD, District

COUNT_TAPS = "addEventListener('pointerdown', () => sessionStorage.taps = 1 + Number(sessionStorage.taps || 0), true)"
PAGES = [
    *(
        "",
        "log/",
        "queue/",
        "activities/",
        "confirm/",
        "teams/",
        "teams/add/",
        "numbers/",
        "imports/",
        "more/",
        "calendar/",
    ),
    *("month/", "duties/", "notices/", "circulars/", "reports/", "guidance/", "visit-days/", "money/", "premises/"),
    *("registrations/", "cases/", "staff/", "standing/", "papers/"),
]


@pytest.fixture
def lived_in(committed_db) -> District:
    """The district with some logs, a team and a ledger, so that pages have something to show."""
    district = District()
    for number in range(4):
        district.log(title=f"第{number}场", attendance=None if number == 1 else 40 * number)
    district.log(
        actor=district.steward_east, title="合唱排练课", kind=Kind.objects.get(code="TRNG"), class_seconds=4050
    )
    register_team(actor=district.station_head_east, at=NOW, station=district.east, name="东风合唱团", members=24)
    return district


@pytest.fixture
def faults(phone: Page) -> Iterator[list[str]]:
    """What the browser's console complained of; nothing, at the end of a test."""
    heard: list[str] = []
    phone.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    phone.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


def taps(page: Page) -> int:
    return int(page.evaluate("Number(sessionStorage.taps || 0)"))


def report(job: str, **figures: float) -> None:
    """Writes what a job costs beside the other figures of reports/burden.json."""
    path = CHECKOUT / "reports" / "burden.json"
    path.parent.mkdir(exist_ok=True)
    known = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(known | {job: figures}, indent=1, ensure_ascii=False) + "\n")


def wide(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_a_first_log_takes_five_taps_and_a_repeated_one_three(phone: Page, faults, lived_in):
    phone.goto("/login/")
    phone.fill("[name=username]", "station_head_east")
    phone.fill("[name=password]", PASSWORD)
    phone.click("main button")
    phone.wait_for_url("**/desk/")
    phone.add_init_script(COUNT_TAPS)
    phone.reload()

    begun = time.monotonic()
    phone.tap(".button.big")
    phone.tap("[name=title]")
    phone.keyboard.type("村晚联欢会")
    phone.tap(f"label:has([value='{Kind.objects.get(code='PERF').pk}'])")
    phone.tap("[name=attendance]")
    phone.keyboard.type("260")
    phone.tap(".bar button")
    phone.wait_for_selector("[data-record]:visible")
    first, seconds = taps(phone), time.monotonic() - begun
    assert Activity.objects.latest("pk").attendance == 260

    phone.goto("/desk/")
    begun = time.monotonic()
    phone.tap("a[href*='?like=']")
    expect(phone.locator("[name=title]")).to_have_value("村晚联欢会")
    phone.tap("[name=attendance]")
    phone.keyboard.type("90")
    phone.tap(".bar button")
    phone.wait_for_selector("[data-record]:visible")
    again, seconds_again = taps(phone) - first, time.monotonic() - begun
    latest = Activity.objects.latest("pk")
    assert (latest.title, latest.attendance, latest.state) == ("村晚联欢会", 90, "confirmed")
    assert latest.device_at

    report("log an activity", taps=first, seconds=round(seconds, 1))
    report("log an activity like the last", taps=again, seconds=round(seconds_again, 1))
    assert first <= 5
    assert again <= 3


def test_the_log_page_is_light(phone: Page, faults, lived_in, site):
    sign_in(phone.context, site, lived_in.station_head_east)
    answers = []

    def note(answer) -> None:
        answers.append(answer)

    phone.on("response", note)
    phone.goto("/desk/log/", wait_until="networkidle")
    # Static files and the log page go out compressed; other pages do not, so that a secret in them cannot be guessed from
    # their length.
    sizes = [
        len(gzip.compress(answer.body()))
        if "/static/" in answer.url or answer.headers.get("content-encoding") == "gzip"
        else len(answer.body())
        for answer in answers
    ]
    kilobytes = sum(sizes) / 1024
    report("open the log page", kilobytes=round(kilobytes, 1), requests=len(sizes))
    assert kilobytes <= 25
    assert len(sizes) <= 10


def test_logging_works_without_scripts(chromium: Browser, site, lived_in):
    context = chromium.new_context(base_url=site, java_script_enabled=False, locale="zh-CN", **PHONE)
    sign_in(context, site, lived_in.steward_east)
    page = context.new_page()
    page.goto("/desk/log/")
    page.fill("[name=title]", "书法入门班")
    page.check("[data-session]", force=True)
    page.fill("[name=class_hours]", "1.5")
    page.check("[name=not_recorded]")
    with page.expect_navigation():
        page.click(".bar button")
    latest = Activity.objects.latest("pk")
    assert (latest.title, latest.class_seconds, latest.attendance, latest.state) == ("书法入门班", 4050, None, "logged")
    context.close()


def test_a_number_and_not_recorded_exclude_each_other(phone: Page, faults, lived_in, site):
    sign_in(phone.context, site, lived_in.station_head_east)
    phone.goto("/desk/log/")
    phone.fill("[name=attendance]", "12")
    phone.check("[name=not_recorded]")
    assert phone.input_value("[name=attendance]") == ""
    phone.fill("[name=attendance]", "12")
    assert not phone.is_checked("[name=not_recorded]")


def test_the_summary_of_faults_has_the_focus_and_leads_to_the_fields(phone: Page, faults, lived_in, site):
    sign_in(phone.context, site, lived_in.station_head_east)
    phone.goto("/desk/log/")
    phone.tap(".bar button")
    phone.wait_for_selector(".faults")
    assert phone.evaluate("document.activeElement.className") == "faults"
    said = phone.locator(".faults a").all_inner_texts()
    assert said == phone.locator("form .fault").all_inner_texts()
    phone.tap(".faults a >> nth=0")
    assert phone.evaluate("document.activeElement.name") == "title"
    assert Axe().run(phone).response["violations"] == []
    phone.fill("[name=title]", "村晚联欢会")
    phone.tap(".bar button")
    expect(phone.locator("form .fault")).to_have_text(said[1:])


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("zh-hans", "light", 390), ("en", "dark", 390), ("en", "light", 1440)]
)
def test_every_page_is_for_everybody_and_fits(phone: Page, faults, lived_in, site, language, scheme, width):
    sign_in(phone.context, site, lived_in.station_head_east)
    phone.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    phone.emulate_media(color_scheme=scheme)
    phone.set_viewport_size({"width": width, "height": 844})
    phone.goto("/desk/imports/")
    file = {"name": "台账.xlsx", "mimeType": "application/octet-stream", "buffer": ledger(*ROWS).getvalue()}
    phone.set_input_files("[name=file]", file)
    phone.check("[value=activities]", force=True)
    phone.click("main form button")
    phone.wait_for_url("**/desk/imports/*/")
    logged, team = Activity.objects.order_by("pk").first(), lived_in.east.teams.get()
    records = [
        phone.url,
        f"/desk/activities/{logged.pk}/",
        f"/desk/activities/{logged.pk}/correct/",
        f"/desk/teams/{team.pk}/",
    ]
    for address in [*records, *(f"/desk/{page}" for page in PAGES), "/login/"]:
        phone.goto(address)
        faulty = [(found["id"], found["nodes"][0]["html"]) for found in Axe().run(phone).response["violations"]]
        assert (address, faulty, wide(phone)) == (address, [], 0)


def test_everything_to_be_touched_is_large_enough(phone: Page, faults, lived_in, site):
    sign_in(phone.context, site, lived_in.station_head_east)
    for page in PAGES:
        phone.goto(f"/desk/{page}")
        # Links within a sentence and a box inside its own larger label are not what a thumb aims at.
        small = phone.evaluate(
            "[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary, label.tick')]"
            ".filter(e => e.checkVisibility() && !e.matches('.skip, p a, td a, label input'))"
            ".filter(e => (size => size.height < 48 || size.width < 44)(e.getBoundingClientRect()))"
            ".map(e => e.outerHTML)"
        )
        assert (page, small) == (page, [])
