"""Photos sent by a phone: made smaller, in pieces, going on where the network broke off."""

from __future__ import annotations

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from PIL import ExifTags, Image
from playwright.sync_api import Page

from activities.actions.rating import rate_activity
from activities.models import Activity
from culture_admin.exchange.models import Attachment
from tests.browser import sign_in
from tests.district import NOW, TODAY, District
from tests.exchange.test_attachments import read


@pytest.fixture
def activity(committed_db, settings, tmp_path) -> Activity:
    settings.MEDIA_ROOT = tmp_path
    return District().log(begins_on=TODAY)


def large_photo() -> bytes:
    """As a phone takes it: 12 million pixels, on its side, with the hour and the place."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.Exif)[0x9003] = "2026:05:20 10:30:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (30.0, 16.0, 12.0)})
    noise, out = Image.effect_noise((1000, 750), 60).resize((4000, 3000)).convert("RGB"), io.BytesIO()
    noise.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def test_a_photo_is_made_smaller_and_goes_on_where_the_network_broke_off(phone: Page, activity, site):
    sign_in(phone.context, site, District().station_head_east)
    pieces: list[int] = []

    def deliver(route) -> None:
        if route.request.method == "PATCH":
            pieces.append(len(route.request.post_data_buffer))
            if len(pieces) in (2, 3):
                route.abort()
                return
        route.continue_()

    phone.route("**/api/v1/uploads/**", deliver)
    phone.goto(f"/desk/activities/{activity.pk}/")
    content = large_photo()
    phone.set_input_files("[name=file]", {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": content})
    phone.click("form[data-photos] button")
    phone.wait_for_selector(".photos img")
    attachment = Attachment.objects.get()
    with Image.open(io.BytesIO(read(attachment))) as picture:
        assert picture.size == (1200, 1600)
        assert not picture.getexif()
    assert sum(pieces) < len(content)
    assert max(pieces) <= 256 * 1024
    assert len(pieces) > 3
    assert timezone.localtime(attachment.taken_at).isoformat() == "2026-05-20T10:30:00+08:00"


def test_the_same_photo_twice_is_one_and_what_is_none_is_told(phone: Page, activity, site):
    sign_in(phone.context, site, District().station_head_east)
    phone.goto(f"/desk/activities/{activity.pk}/")
    content = large_photo()
    for _time in range(2):
        phone.set_input_files("[name=file]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": content})
        with phone.expect_navigation():
            phone.click("form[data-photos] button")
    assert Attachment.objects.count() == 1
    phone.set_input_files("[name=file]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no picture at all"})
    phone.click("form[data-photos] button")
    phone.locator("form[data-photos] [role=status]", has_text="JPEG").wait_for()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_have_no_fault_for_axe(phone: Page, activity, site, language):
    for device, score in enumerate([5, 4, 0]):
        rate_activity(
            activity=activity, device=str(device), address="::1", score=score, comment="音响再轻一点就好了", at=NOW
        )
    sign_in(phone.context, site, District().station_head_east)
    phone.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    for path in ("", "photos/", "poster/"):
        phone.goto(f"/desk/activities/{activity.pk}/{path}")
        found = Axe().run(phone).response["violations"]
        assert [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found] == [], path
        assert phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
