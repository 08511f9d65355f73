"""Photos, posters and what residents say, on the page of an activity."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from activities.actions.rating import rate_activity, rating_token
from culture_admin.exchange.models import Attachment
from tests.district import NOW, TODAY
from tests.exchange.test_attachments import photo, saved, scene


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def activity(district):
    return district.log(begins_on=TODAY)


def add(client, activity, *contents):
    files = [SimpleUploadedFile(f"{number}.jpg", content) for number, content in enumerate(contents)]
    return client.post(f"/desk/activities/{activity.pk}/photos/", {"file": files})


def test_photos_are_added_without_scripts_and_shown(head, activity):
    answer = add(head, activity, photo(), saved(scene()))
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/activities/{activity.pk}/")
    text = head.get(answer["Location"]).content.decode()
    shown = [f"/desk/photos/{pk}/" for pk in Attachment.objects.values_list("pk", flat=True)]
    assert len(shown) == 2
    for address in shown:
        assert f'src="{address}?size=small"' in text
        whole, small = head.get(address), head.get(f"{address}?size=small")
        assert whole["Content-Type"] == small["Content-Type"] == "image/jpeg"
        assert max(Image.open(io.BytesIO(small.content)).size) <= 320


def test_what_is_refused_is_named_and_the_others_are_kept(head, activity):
    answer = add(head, activity, photo(), b"", b"no picture")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "The file is empty." in text
    assert "This is no picture" in text
    assert Attachment.objects.count() == 1


def test_a_form_without_a_photo_says_so(head, activity):
    answer = head.post(f"/desk/activities/{activity.pk}/photos/", {})
    assert "Choose a photo." in answer.content.decode()


def test_photos_of_others_are_not_there(sign_in, head, activity):
    add(head, activity, photo())
    attachment = Attachment.objects.get()
    west = sign_in("station_head_west")
    assert west.get(f"/desk/photos/{attachment.pk}/").status_code == 404
    assert add(west, activity, photo()).status_code == 404
    assert add(sign_in("observer"), activity, photo()).status_code == 403
    assert (
        '<form method="post" action="/desk/activities'
        not in sign_in("observer").get(f"/desk/activities/{activity.pk}/").content.decode()
    )


def test_a_mean_stands_beside_its_number(head, activity):
    page = f"/desk/activities/{activity.pk}/"
    assert "Nobody has rated it yet." in head.get(page).content.decode()
    for device, score in enumerate([5, 4, 0]):
        rate_activity(activity=activity, device=str(device), address="::1", score=score, at=NOW)
    text = head.get(page).content.decode()
    for told in ("4.50", "2 answers", "1 could not say", "few answers"):
        assert told in text


def test_the_poster_carries_the_code_of_the_question(head, activity):
    text = head.get(f"/desk/activities/{activity.pk}/poster/").content.decode()
    assert f"/rate/{rating_token(activity)}/" in text
    drawn = head.get(f"/desk/activities/{activity.pk}/qr/")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert ET.fromstring(drawn.content).tag.endswith("svg")
    assert b"style" not in drawn.content
