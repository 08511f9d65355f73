"""People in real browsers, each signed in on a page of his own: a phone for the desk, a wide screen for the bureau."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response

from tests.browser import PHONE, sign_in
from tests.desk.phones import kept
from tests.district import District

WIDE: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}


class Person:
    """Somebody signed in, on a page of his own that stays open; what a server refuses or a script stumbles over is kept."""

    language = "en"
    shape: dict[str, Any]

    def __init__(self, chromium: Browser, site: str, district: District, username: str):
        self.username = username
        self.heard: list[str] = []
        self.context: BrowserContext = chromium.new_context(base_url=site, **self.shape)
        sign_in(self.context, site, getattr(district, username))
        self.context.add_cookies([{"name": "django_language", "value": self.language, "url": site}])
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("response", self._answered)
        self.page.on("pageerror", lambda error: self.heard.append(f"{username}: {error}"))

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.heard.append(f"{self.username}: {response.status} {response.request.method} {response.url}")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("link", name=name)


class AtTheDesk(Person):
    """Whoever works at the desk: on a phone, with its pages kept."""

    shape = {**PHONE, "locale": "zh-CN"}

    def __init__(self, *who: Any):
        super().__init__(*who)
        self.page.goto("/desk/")
        kept(self.page)


@contextmanager
def entering(chromium: Browser, site: str, district: District) -> Iterator[Callable[..., Any]]:
    """Lets somebody enter, under his username; at the end nobody has been refused anything."""
    people: list[Person] = []

    def entered(kind: type[Person], username: str) -> Person:
        people.append(kind(chromium, site, district, username))
        return people[-1]

    yield entered
    heard = [said for one in people for said in one.heard]
    for one in people:
        one.context.close()
    assert heard == []
