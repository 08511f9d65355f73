"""The bureau's pages of assessments as a browser shows them: no fault for axe, and nothing beside a phone's edge."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from assessments.actions import take_interim
from assessments.models import Computation
from tests.admin.test_browser import violations
from tests.assessments.years import Year, with_records
from tests.browser import sign_in
from tests.district import TODAY, District


@pytest.fixture
def reviewed(committed_db) -> Year:
    """A year in review, with an interim ranking, evidence and two assessors who differ."""
    district = District()
    with_records(district)
    year = Year(district).opened().sealed("east")
    take_interim(actor=district.service, cycle=year.cycle, until=TODAY, at=year.at)
    year.seat("east", "assessor_0", "8")
    year.seat("east", "assessor_1", "4")
    return year


def addresses(year: Year) -> Iterator[str]:
    home, computation = "/admin/assessments", Computation.objects.get()
    result = computation.results.get(assessment=year.of("east"))
    yield f"{home}/cycle/"
    yield f"{home}/cycle/{year.cycle.pk}/change/"
    yield f"{home}/cycle/{year.cycle.pk}/rehearsal/?points-1.2=30"
    yield f"{home}/assessment/"
    yield f"{home}/assessment/{year.of('east').pk}/change/"
    yield f"{home}/computation/{computation.pk}/change/"
    yield f"{home}/computation/{computation.pk}/indicator/?code=2.1"
    yield f"{home}/result/{result.pk}/change/"
    yield f"{home}/result/{result.pk}/records/?code=2.1"


@pytest.mark.parametrize(("language", "theme"), [("zh-hans", "dark"), ("en", "light")])
def test_no_page_has_a_fault_for_axe(page: Page, reviewed: Year, site: str, language: str, theme: str):
    sign_in(page.context, site, reviewed.district.service)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    page.emulate_media(color_scheme=theme)
    for address in addresses(reviewed):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert violations(page) == [], address


def test_nothing_lies_beside_the_edge_of_a_phone(phone: Page, reviewed: Year, site: str):
    sign_in(phone.context, site, reviewed.district.service)
    for address in addresses(reviewed):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address


def test_a_reviewer_says_two_items_and_sends_an_assessor(page: Page, reviewed: Year, site: str):
    sign_in(page.context, site, reviewed.district.service)
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": site}])
    assessment = reviewed.of("east")
    page.goto(f"/admin/assessments/assessment/{assessment.pk}/change/")
    page.get_by_label("1.1 The review says").select_option("1")
    page.get_by_label("3.1 The review says").fill("4.5")
    page.get_by_role("button", name="Save all that was changed").click()
    page.get_by_text("2 items were reviewed.").wait_for()
    kept = {item.code: item.reviewed_numbers for item in assessment.items.exclude(reviewed="")}
    assert {code: list(map(float, numbers)) for code, numbers in kept.items()} == {"1.1": [1.0], "3.1": [4.5]}
