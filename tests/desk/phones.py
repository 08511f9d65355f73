"""A phone that keeps the desk's pages and an own queue: fixtures and what the browser tests ask of them."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from culture_admin.accounts.models import User
from tests.browser import sign_in
from tests.district import District


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


def close(page: Page) -> None:
    """Closes a tab."""
    rest(page)
    page.close()


def rest(page: Page) -> None:
    """Waits until nothing is being sent: to a page that is left while it sends, a missing network is there again."""
    page.evaluate('import("/static/desk/queue.js").then(queue => queue.sendKept())')


def log(page: Page, title: str, heads: int, *photos: dict) -> None:
    """Logs on the form that is open, once its script is at work, and waits until it is acknowledged."""
    expect(page.locator("#unsent")).to_be_visible()
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


def violations(page: Page) -> list[tuple[str, str]]:
    return [(found["id"], found["nodes"][0]["html"]) for found in Axe().run(page).response["violations"]]
