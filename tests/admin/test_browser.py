"""The admin as a browser shows it: no fault for axe, no overflow on a phone, nothing from outside, and the keyboard suffices."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from culture_admin.accounts.actions import grant_office
from tests.browser import sign_in
from tests.district import District

PAGES = (
    "/admin/",
    "/admin/tasks/",
    "/admin/statistics/?metric=activities.held&by=division:town&from=2026-01-01&to=2026-12-31",
    "/admin/activities/activity/",
    "/admin/activities/activity/?q=zzz",
    "/admin/activities/activity/{activity}/change/",
    "/admin/activities/activity/{activity}/history/",
    "/admin/activities/activity/add/",
    "/admin/stations/station/{station}/change/",
)


@pytest.fixture
def lived_in(committed_db) -> District:
    """The district with a confirmed log, and three that wait for an officer of the bureau who is the station's head as well."""
    district = District()
    district.log()
    for number in range(3):
        district.log(actor=district.steward_east, posting=district.posting("east"), title=f"排练{number}")
    grant_office(actor=None, user=district.bureau_admin, role="station_head", unit=district.east.unit, at=district.now)
    return district


@pytest.fixture
def faults(page: Page, lived_in: District, site: str) -> Iterator[list[str]]:
    """What the browser complains of while the officer works in `page`; there must be nothing in the end."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((site, "data:")) else told.append(request.url))
    sign_in(page.context, site, lived_in.bureau_admin)
    yield told
    assert told == []


def addresses(district: District) -> list[str]:
    waiting = district.log(actor=district.steward_east, posting=district.posting("east"), title="彩排")
    return [address.format(activity=waiting.pk, station=district.east.pk) for address in PAGES]


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {[node['html'][:120] for node in fault['nodes']]}" for fault in found]


@pytest.mark.parametrize(("language", "theme"), [("zh-hans", "light"), ("en", "dark")])
def test_no_page_has_a_fault_for_axe(page, faults, lived_in, site, language, theme):
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    page.emulate_media(color_scheme=theme)
    for address in addresses(lived_in):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert violations(page) == [], address


def test_menus_and_panels_have_none_either_when_they_are_open(page, faults, lived_in):
    page.goto("/admin/activities/activity/")
    page.locator("#result_list .action-select").first.check()
    page.locator("details.pick summary").first.click()
    page.locator("details.me summary").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.locator("#search-input-command").press_sequentially("dongzhen")
    page.locator("#command-results-list a").first.wait_for()
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")


def test_a_phone_scrolls_no_page_sideways_and_axe_finds_no_fault_there(phone, lived_in, site):
    sign_in(phone.context, site, lived_in.bureau_admin)
    for address in addresses(lived_in):
        phone.goto(address)
        assert violations(phone) == [], address
        assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address


def test_the_first_row_is_three_tabs_away(page, faults):
    page.goto("/admin/activities/activity/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#rows tr:first-child') !== null")


def test_tasks_are_done_from_the_keyboard(page, faults, lived_in):
    page.goto("/admin/tasks/")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("a")
    assert page.locator("[data-task]").count() == 2
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("Count again")
    with page.expect_navigation():
        page.locator("details.reason[open] form .button").click()
    assert sorted(lived_in.east.activities.values_list("state", flat=True)) == [
        "confirmed",
        "confirmed",
        "logged",
        "returned",
    ]


def test_a_selection_is_made_with_shift_and_confirmed_at_once(page, faults, lived_in):
    page.goto("/admin/activities/activity/?state=logged")
    boxes = page.locator("#result_list .action-select")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.locator("[data-selected]")).to_contain_text("3")
    with page.expect_navigation():
        page.locator("button[name=action][value=step-confirm]").click()
    assert set(lived_in.east.activities.values_list("state", flat=True)) == {"confirmed"}


def test_the_language_changes_on_the_same_page(page, faults):
    page.goto("/admin/activities/activity/?state=logged")
    with page.expect_navigation():
        page.locator(".language button").click()
    assert page.get_attribute("html", "lang") == "en"
    assert page.url.endswith("/admin/activities/activity/?state=logged")


def test_a_chart_is_drawn_and_its_table_stands_below(page, faults):
    page.goto("/admin/")
    page.wait_for_function("Chart.getChart(document.querySelector('canvas')) !== undefined")
    page.locator("summary", has_text="表").first.or_(page.get_by_text("The same as a table").first).click()
    expect(page.locator("table.numbers tbody tr").first).to_be_visible()
