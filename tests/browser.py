"""A real browser over a real server: fixtures for the tests of pages as people see them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.middleware.gzip import GZipMiddleware
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from culture_admin.accounts.models import User

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; without one the test is skipped, or fails where REQUIRE_BROWSER=1."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        without = pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip
        without("no Chromium was found; install the package chromium to run the browser tests")
    options = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-dev-shm-usage"]
    if os.geteuid() == 0:
        options.append("--no-sandbox")
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=options)
        yield browser
        browser.close()


class CompressedFiles(StaticFilesHandler):
    """Static files, compressed as an installation serves them."""

    def serve(self, request):
        return GZipMiddleware(super().serve)(request)


@pytest.fixture
def site(committed_db) -> Iterator[str]:
    """The address of a server over the test's own database, without a slash at its end."""
    thread = LiveServerThread("127.0.0.1", static_handler=CompressedFiles)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    """A page of 1280 × 800 in Chinese; addresses may be given as paths."""
    yield from _page(chromium, site, DESK)


@pytest.fixture
def phone(chromium: Browser, site: str) -> Iterator[Page]:
    """A page on a phone, 390 × 844 with touch, in Chinese; addresses may be given as paths."""
    yield from _page(chromium, site, PHONE)


def _page(chromium: Browser, site: str, shape: dict[str, Any]) -> Iterator[Page]:
    context = chromium.new_context(base_url=site, locale="zh-CN", **shape)
    yield context.new_page()
    context.close()


def sign_in(context: BrowserContext, site: str, user: User) -> None:
    """Gives the browser a session of `user`."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
