"""The yearly assessment in a real browser at 390 px: everybody can use it, and a photo shown as evidence is made smaller."""

from __future__ import annotations

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page

from assessments.models import Evidence, Result
from tests.assessments.years import Year, with_records
from tests.browser import sign_in
from tests.district import District
from tests.exchange.test_attachments import read, saved, scene

SMALL = """[...document.querySelectorAll("main a, main button, main summary, main select, main textarea")]
  .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.textContent.trim())"""


@pytest.fixture
def year(committed_db, settings, tmp_path) -> Year:
    settings.MEDIA_ROOT = tmp_path
    district = District()
    with_records(district)
    return Year(district).opened()


def looked_over(phone: Page, address: str) -> dict[str, object]:
    """What is wrong with a page for a thumb, a narrow screen, or somebody who listens to it."""
    phone.goto(address)
    wrong = {
        "axe": [one["id"] for one in Axe().run(phone).response["violations"]],
        "wider": phone.evaluate("document.documentElement.scrollWidth - innerWidth"),
        "small": phone.evaluate(SMALL),
    }
    return {name: found for name, found in wrong.items() if found}


def test_every_page_is_fit_for_a_phone(phone: Page, site: str, year: Year):
    sign_in(phone.context, site, year.district.station_head_east)
    east = year.of("east")
    item = east.items.get(code="1.1").pk
    before = ["", f"{east.pk}/", f"{east.pk}/check/", f"items/{item}/", f"{east.pk}/rehearsal/"]
    found = {page: looked_over(phone, f"/desk/assessments/{page}") for page in before}
    year.through().totalled().at = timezone.now()
    year.publicised()
    result = Result.objects.get(assessment=east)
    after = [
        *(f"{east.pk}/", f"{east.pk}/result/", f"{east.pk}/objections/", f"{east.pk}/rehearsal/?2.2=1"),
        *(f"ranking/{result.computation_id}/", f"result/{result.pk}/", f"result/{result.pk}/1.2/"),
        f"{east.pk}/objections/add/?code=1.1&wants=judge",
    ]
    found |= {f"{page} shown": looked_over(phone, f"/desk/assessments/{page}") for page in after}
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


def test_a_photo_shown_as_evidence_is_made_smaller_on_the_phone(phone: Page, site: str, year: Year):
    sign_in(phone.context, site, year.district.station_head_east)
    east = year.of("east")
    item = east.items.get(code="1.1").pk
    phone.goto(f"/desk/assessments/{east.pk}/")
    phone.click("#item-1\\.1 .add summary")
    content = saved(scene(3, (4000, 3000)), quality=95)
    phone.set_input_files(f"#file-{item}", {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": content})
    button = phone.locator("#item-1\\.1 form[data-shrink] button")
    button.click()
    phone.wait_for_url(f"**/desk/assessments/{east.pk}/#item-1.1")
    phone.wait_for_selector("#item-1\\.1 .files")
    with Image.open(io.BytesIO(read(Evidence.objects.get().attachment))) as picture:
        assert max(picture.size) == 1600
