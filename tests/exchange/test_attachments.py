"""Files kept with records: known by their content, stripped of what a camera writes, found by those who see the record."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from culture_admin.exchange.attaching import attach_file
from culture_admin.exchange.models import Attachment
from tests.district import NOW


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo(width=64, height=48, **options) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "30.27N 120.26E"
    Image.new("RGB", (width, height), "teal").save(out, options.pop("format", "JPEG"), exif=exif, **options)
    return out.getvalue()


def attached(district, content, **options):
    subject = options.pop("subject", None) or district.log()
    actor = options.pop("actor", None) or district.station_head_east
    return attach_file(actor=actor, subject=subject, name="现场.jpg", content=content, at=NOW)


def read(attachment: Attachment) -> bytes:
    with attachment.open() as kept:
        return kept.read()


def test_a_photo_keeps_its_picture_and_loses_what_the_camera_wrote(district):
    attachment = attached(district, photo())
    kept = read(attachment)
    assert b"120.26E" not in kept
    assert Image.open(io.BytesIO(kept)).size == (64, 48)
    assert (attachment.media_type, attachment.unit_id) == ("image/jpeg", district.east.pk)


def test_what_hides_behind_a_picture_is_gone(district):
    assert b"<script>" not in read(attached(district, photo() + b"<script>alert(1)</script>"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"MZ\x90\x00 not a picture", "file_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_type"),
        (photo()[:300], "image_broken"),
        (b"x" * (25 * 1024 * 1024 + 1), "file_too_large"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(district, content, code):
    with pytest.raises(ValidationError) as refused:
        attached(district, content)
    assert refused.value.error_dict["file"][0].code == code
    assert not Attachment.objects.exists()


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(district):
    huge = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(huge, "PNG")
    with pytest.raises(ValidationError) as refused:
        attached(district, huge.getvalue())
    assert refused.value.error_dict["file"][0].code == "image_pixels"


def test_the_same_file_twice_is_one_attachment(district):
    activity = district.log()
    assert attached(district, photo(), subject=activity) == attached(district, photo(), subject=activity)


def test_only_who_may_write_the_record_adds_to_it(district):
    with pytest.raises(PermissionDenied):
        attached(district, photo(), actor=district.observer)


def test_the_file_of_another_station_is_not_there(client, district):
    attachment = attached(district, photo())

    def get(unit, path):
        key = district.key("station_head", unit)
        return client.get(f"/api/v1/attachments/{path}", HTTP_AUTHORIZATION=f"Bearer {key}")

    own = get(district.east.unit, f"{attachment.pk}/file/")
    assert own.status_code == 200
    assert b"".join(own.streaming_content)[:2] == b"\xff\xd8"
    assert get(district.west.unit, f"{attachment.pk}/file/").status_code == 404
    assert get(district.west.unit, "").json()["results"] == []


def test_by_the_api_a_file_comes_with_its_record(client, district):
    activity = district.log()
    key = district.key("station_head", district.east.unit, scopes=["attachments:write"])
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {key}"}
    form = {"file": SimpleUploadedFile("a.jpg", photo()), "subject_kind": "activity", "subject_id": activity.pk}
    response = client.post("/api/v1/attachments/", form, **bearer)
    assert (response.status_code, response.json()["subject_id"]) == (201, activity.pk)
    form = {"file": SimpleUploadedFile("a.jpg", photo()), "subject_kind": "activity", "subject_id": 10**9}
    assert client.post("/api/v1/attachments/", form, **bearer).status_code == 400
    download = client.get(f"/api/v1/attachments/{response.json()['id']}/file/", **bearer)
    assert "attachment" in download["Content-Disposition"]
    assert b"".join(download.streaming_content)
