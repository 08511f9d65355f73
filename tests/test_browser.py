"""The browser itself: that pages open in it, and that they open nothing outside."""

import pytest
from playwright.sync_api import Error, Page


def test_the_sign_in_page_opens_in_chinese(page: Page):
    page.goto("/login/")
    assert page.get_attribute("html", "lang") == "zh-hans"
    assert page.locator("input[name=username]").is_visible()


def test_the_browser_reaches_no_other_machine(page: Page):
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org/")
