"""Files kept with records: known by their content, stripped of what a camera writes, found by those who see the record."""

import io
from random import Random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import ExifTags, Image

from culture_admin.exchange.attaching import attach_file
from culture_admin.exchange.models import Attachment
from culture_admin.exchange.pictures import look_the_same
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


def scene(seed=1, size=(1600, 1200)) -> Image.Image:
    """A picture with light and dark parts, the same for the same seed."""
    random = Random(seed)
    parts = Image.new("L", (6, 5))
    parts.putdata([random.randrange(256) for _part in range(30)])
    return parts.resize(size, Image.Resampling.BICUBIC).convert("RGB")


def saved(picture: Image.Image, form="JPEG", **options) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def test_a_picture_saved_anew_looks_the_same_and_another_does_not(district):
    first = attached(district, saved(scene(), quality=95))
    again = attached(district, saved(scene().resize((800, 600)), quality=40))
    other = attached(district, saved(scene(2)))
    assert first.original_sha256 != again.original_sha256
    assert look_the_same(first.picture_hash, again.picture_hash)
    assert set(first.picture_bands) & set(again.picture_bands)
    assert not look_the_same(first.picture_hash, other.picture_hash)


def test_a_picture_of_one_colour_looks_like_no_other(district):
    assert attached(district, photo()).picture_hash is None


@pytest.mark.parametrize(
    ("written", "offset", "known"),
    [
        ("2026:05:06 19:30:00", "", "2026-05-06T19:30:00+08:00"),
        ("2026:05:06 19:30:00", "+09:00", "2026-05-06T18:30:00+08:00"),
        ("2026:05:06 19:30:00", "now", "2026-05-06T19:30:00+08:00"),
        ("0000:00:00 00:00:00", "", None),
        ("1826:05:06 19:30:00", "", None),
        ("yesterday", "", None),
        ("", "", None),
    ],
)
def test_when_a_picture_was_taken_is_read_and_where_is_not(district, written, offset, known):
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif).update({0x9003: written, 0x9011: offset})
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (30.0, 16.0, 12.0)})
    attachment = attached(district, saved(scene(), exif=exif))
    taken = attachment.taken_at and timezone.localtime(attachment.taken_at).isoformat()
    assert taken == known
    assert not Image.open(io.BytesIO(read(attachment))).getexif()
