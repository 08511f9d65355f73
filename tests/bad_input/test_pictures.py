"""Pictures as they come: large, broken, animated, of two kinds at once; and nothing of the camera in what is kept."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable

import pytest
from PIL import ExifTags, Image

from culture_admin.exchange.models import Attachment
from tests.bad_input.conftest import read
from tests.bad_input.test_attachments import send
from tests.exchange.test_attachments import read as kept
from tests.exchange.test_attachments import saved, scene

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)
AVIF = b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1" + bytes(200)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>30,16N</exif:GPSLatitude></x:xmpmeta>'
SECRETS = (b"Exif", b"xmpmeta", b"GPSLatitude", b"ICC_PROFILE", b"120.26E", b"<script", b"alert(1)")


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def png(width: int, height: int) -> bytes:
    """A PNG that says how large it is, with hardly anything in it."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")
    )


def animation(form: str) -> bytes:
    first, *others = [scene(seed, (60, 40)) for seed in (1, 2, 3)]
    return saved(first, form, save_all=True, append_images=others, duration=100)


def camera() -> bytes:
    """A photo held upright, with all that a camera writes."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.ImageDescription] = "30.27N 120.26E"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (30.0, 16.0, 12.0), 3: "E", 4: (120.0, 15.0, 36.0)})
    return saved(scene(size=(80, 60)), exif=exif, xmp=XMP, comment=b"120.26E", icc_profile=bytes(500))


REFUSED = {
    "nothing": (b"", "file_empty"),
    "truncated": (saved(scene())[:3000], "image_broken"),
    "PNG without its data": (png(60, 40), "image_broken"),
    "PNG of 200 million pixels": (png(20_000, 10_000), "image_pixels"),
    "PNG of 4 thousand million pixels": (png(65_000, 65_000), "image_pixels"),
    "HEIC": (HEIC, "file_heic"),
    "AVIF": (AVIF, "file_heic"),
    "SVG": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "file_type"),
    "HTML": (b"<!doctype html><script>alert(1)</script>", "file_type"),
    "GIF that is a script": (
        b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//",
        {"file_type", "image_broken", "image_pixels"},
    ),
    "PDF that is a page": (b"%PDF-1.7\n<html><script>alert(1)</script></html>", "file_two_kinds"),
    "BMP": (saved(scene(), "BMP"), "file_type"),
    "TIFF": (saved(scene(), "TIFF"), "file_type"),
}


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_picture_is_refused_with_the_place_and_a_way_on(api, district, nothing_written, content, code):
    activity = district.log()
    nothing_written()
    for name in ("a.jpg", "a.pdf"):
        answer = send(api(district.station_head_east), activity, content, name)
        status, told, *places = read(answer)
        assert (status, places) == (400, ["/file"])
        assert told in ({code} if isinstance(code, str) else code)
        assert len(answer.json()["errors"][0]["message"]) > 5


KEPT = {
    "12 million pixels": (saved(scene(size=(4000, 3000))), (2560, 1920)),
    "GIF animation": (animation("GIF"), (60, 40)),
    "WebP animation": (animation("WEBP"), (60, 40)),
    "CMYK": (saved(scene(size=(60, 40)).convert("CMYK")), (60, 40)),
    "16 bits of grey": (saved(Image.new("I;16", (60, 40), 40_000), "PNG"), (60, 40)),
    "two colours": (saved(scene(size=(60, 40)).convert("1"), "PNG"), (60, 40)),
    "palette": (saved(scene(size=(60, 40)).convert("P"), "PNG"), (60, 40)),
    "transparent": (saved(Image.new("RGBA", (60, 40), (9, 9, 9, 0)), "PNG"), (60, 40)),
    "one pixel": (saved(Image.new("RGB", (1, 1))), (1, 1)),
    "turned by the camera": (camera(), (60, 80)),
    "script behind the picture": (saved(scene(size=(60, 40))) + b"<script>alert(1)</script>", (60, 40)),
    "PNG with text": (saved(scene(size=(60, 40)), "PNG", exif=b"Exif\x00\x00120.26E"), (60, 40)),
}


@pytest.mark.parametrize(("content", "size"), KEPT.values(), ids=KEPT)
def test_of_a_picture_only_the_picture_is_kept(api, district, content, size):
    answer = send(api(district.station_head_east), district.log(), content, "a.exe")
    assert answer.status_code == 201, answer.content.decode()
    stored = kept(Attachment.objects.get())
    picture = Image.open(io.BytesIO(stored))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", size)
    assert getattr(picture, "n_frames", 1) == 1
    assert not leftovers(stored)


def test_what_was_transparent_is_white_and_grey_of_sixteen_bits_is_no_black(api, district):
    for content, light in ((KEPT["transparent"][0], 255), (saved(_slope(), "PNG"), 120)):
        send(api(district.station_head_east), district.log(), content)
        picture = Image.open(io.BytesIO(kept(Attachment.objects.latest("pk")))).convert("L")
        assert abs(picture.getpixel((picture.width // 2, picture.height // 2)) - light) < 15


def test_a_form_with_strange_fields_is_refused(api, district, nothing_written):
    activity = district.log()
    nothing_written()
    answer = send(api(district.station_head_east), activity, colour="red", subject_kind="activity")
    assert read(answer) == (400, "unknown_field", "/colour")


def _slope() -> Image.Image:
    """From black to white in sixteen bits."""
    picture = Image.new("I;16", (64, 8))
    for x in range(64):
        for y in range(8):
            picture.putpixel((x, y), x * 1024)
    return picture


def leftovers(stored: bytes) -> list[str]:
    """Segments of a JPEG that hold anything but the picture, and words that must not be found."""
    return [*(f"segment {marker:x}" for marker in _segments(stored) if marker in STRANGE)] + [
        repr(secret) for secret in SECRETS if secret in stored
    ]


# APP1 to APP15 and the comment; APP0 says that it is a JFIF.
STRANGE = {*range(0xE1, 0xF0), 0xFE}


def _segments(stored: bytes) -> Iterable[int]:
    place = 2
    while stored[place + 1] != 0xDA:
        yield stored[place + 1]
        place += 2 + int.from_bytes(stored[place + 2 : place + 4], "big")
