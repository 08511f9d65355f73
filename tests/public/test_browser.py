"""The pages of residents in a real browser: nobody is shut out, and nothing is wider than a phone."""

from __future__ import annotations

from datetime import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page

from activities.actions import log_activity
from activities.actions.rating import rating_token
from activities.models import Activity, Rating
from culture_admin.workflow.actions import perform
from tests.district import District
from tests.public.conftest import published


@pytest.fixture
def held(committed_db) -> Activity:
    """A performance of today, beside a programme with something called off."""
    district = District()
    published(district, venue="文化广场", begins_time=time(19), ends_time=time(20, 30))
    perform(published(district, "露天电影"), "cancel", actor=district.station_head_east, comment="台风")
    return log_activity(
        actor=district.station_head_east,
        station=district.east,
        title="邻里节演出",
        kind=district.kind("PERF"),
        begins_on=timezone.localdate(),
        attendance=120,
    )


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {[node['html'][:120] for node in fault['nodes']]}" for fault in found]


def wide(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize(("language", "theme"), [("zh-hans", "light"), ("en", "dark")])
def test_no_page_of_residents_has_a_fault_for_axe(phone: Page, held, language, theme):
    phone.emulate_media(color_scheme=theme)
    token = rating_token(held)
    for path in (f"/calendar/{held.station_id}/", f"/rate/{token}/"):
        phone.goto(f"{path}?language={language}")
        assert phone.get_attribute("html", "lang") == language
        assert violations(phone) == [], path
        assert wide(phone) <= 0, path
    with phone.expect_navigation():
        phone.click("button.main")
    assert violations(phone) == []
    Activity.objects.filter(pk=held.pk).update(state="cancelled")
    phone.goto(f"/rate/{token}/?language={language}")
    assert violations(phone) == []


def test_a_resident_rates_with_two_taps_and_may_change_his_mind(phone: Page, held):
    phone.goto(f"/rate/{rating_token(held)}/")
    for score in (5, 4):
        phone.tap(f"label:has([value='{score}'])")
        with phone.expect_navigation():
            phone.tap("button.main")
        assert phone.locator("[role=status]").is_visible()
    assert list(Rating.objects.values_list("score", flat=True)) == [4]
