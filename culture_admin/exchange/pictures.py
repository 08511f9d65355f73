"""What a file is, by its content; and a picture without what its camera wrote into it."""

from __future__ import annotations

import io
import re
import struct
import warnings
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

LARGEST_FILE = 25 * 1024 * 1024
LARGEST_PICTURE = 40_000_000
LONGEST_SIDE = 2560
SMALL_SIDE = 320
QUALITY, SMALL_QUALITY = 85, 70
PDF = "application/pdf"
JPEG = "image/jpeg"
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# The brands by which a phone's HEIC and AVIF pictures name themselves.
_HEIC = re.compile(rb".{4}ftyp(heic|heix|hevc|heim|heis|mif1|msf1|avif|avis)", re.DOTALL)
_HTML = re.compile(rb"<\s*(!doctype\s+html|html|script|svg)\b", re.IGNORECASE)
# A picture whose lightest and darkest parts are nearer than this says nothing that it could be known by.
LEAST_CONTRAST = 8
# Two pictures look the same when no more bits of their hashes differ; then one of four bands of the hash is equal.
NEARLY_SAME = 3
BANDS, BITS_OF_BAND = 4, 16


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file as it is kept: its content, the type we say it is, and of a picture how it looks and when it was taken."""

    content: bytes
    media_type: str
    picture_hash: int | None = None
    taken_at: datetime | None = None


def accept(content: bytes) -> Accepted:
    """A picture, re-encoded so that nothing but the picture is left, or a PDF as it is. Raises ValidationError."""
    if not content:
        raise ValidationError(_("The file is empty."), code="file_empty")
    if len(content) > LARGEST_FILE:
        raise too_large(len(content))
    if content.startswith(b"%PDF-"):
        if _HTML.search(content[:1024]):
            raise ValidationError(
                _("The file is a PDF and a web page at once. Save the PDF anew."), code="file_two_kinds"
            )
        return Accepted(content, PDF)
    if _HEIC.match(content):
        raise ValidationError(
            _("HEIC pictures are not read here. Set the camera to “most compatible”, or send the picture as JPEG."),
            code="file_heic",
        )
    return _reencoded(content)


def too_large(size: int) -> ValidationError:
    return ValidationError(
        _("The file has %(size)d MB; at most %(most)d MB are kept."),
        code="file_too_large",
        params={"size": -(-size // 1024 // 1024), "most": LARGEST_FILE // 1024 // 1024},
    )


def bands_of(picture_hash: int | None) -> list[int]:
    """The four parts of a hash, each told apart by its place: pictures that look the same share one at least."""
    if picture_hash is None:
        return []
    mask = (1 << BITS_OF_BAND) - 1
    return [band << BITS_OF_BAND | (picture_hash >> band * BITS_OF_BAND & mask) for band in range(BANDS)]


def look_the_same(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and ((one ^ other) & (2**64 - 1)).bit_count() <= NEARLY_SAME


def small(content: io.BufferedIOBase, side: int = SMALL_SIDE) -> bytes:
    """A kept picture at most `side` pixels high and wide, as JPEG; without a side at the size of a row of pictures."""
    with Image.open(content, formats=["JPEG"]) as picture:
        picture.draft("RGB", (side, side))
        picture.thumbnail((side, side))
        return _jpeg(picture, SMALL_QUALITY)


def _reencoded(content: bytes) -> Accepted:
    """The picture as JPEG, upright, at most 2,560 pixels a side, without position, comments or a second file behind it.

    Of an animation the first picture is kept.
    """
    try:
        with warnings.catch_warnings():
            # Pillow only warns up to twice its limit; the limit here is our own, asked before a pixel is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > LARGEST_PICTURE:
            raise Image.DecompressionBombError
        picture.load()
        taken_at, turned = _camera(picture)
        upright = _plain(turned)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except Image.DecompressionBombError as error:
        raise ValidationError(
            _("The picture has more than 40 million pixels. Send it smaller."), code="image_pixels"
        ) from error
    except UnidentifiedImageError as error:
        raise ValidationError(
            _("This is no picture (JPEG, PNG, WebP, GIF) and no PDF. A HEIC picture is sent as JPEG."), code="file_type"
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, OverflowError) as error:
        raise ValidationError(_("The picture is damaged or was not sent completely."), code="image_broken") from error
    return Accepted(_jpeg(upright, QUALITY), JPEG, _average_hash(upright), taken_at)


def _plain(picture: Image.Image) -> Image.Image:
    """In eight bits of red, green and blue; what was transparent is white, and sixteen bits of grey are scaled, not cut."""
    if picture.mode.startswith("I") or picture.mode == "F":
        low, high = picture.getextrema()
        scale = 255 / ((high - low) or 1)
        picture = picture.point(lambda value: (value - low) * scale if high > 255 else value).convert("L")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        picture = Image.alpha_composite(paper, seen)
    return picture.convert("RGB")


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    """The pixels alone: a comment or a colour profile would be taken over from what they were read from."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _average_hash(picture: Image.Image) -> int | None:
    """64 bits, each whether a part of the picture is lighter than its middle, as a signed number; None where all is alike."""
    parts = list(picture.convert("L").resize((8, 8), Image.Resampling.BOX).tobytes())
    if max(parts) - min(parts) < LEAST_CONTRAST:
        return None
    middle = sorted(parts)[len(parts) // 2]
    number = sum(1 << place for place, light in enumerate(parts) if light >= middle)
    return number - (1 << 64) if number >> 63 else number


def _camera(picture: Image.Image) -> tuple[datetime | None, Image.Image]:
    """When the camera took the picture, and the picture upright; as it is where what the camera wrote cannot be read."""
    try:
        return _taken_at(picture), ImageOps.exif_transpose(picture)
    except (SyntaxError, ValueError, TypeError, KeyError, AttributeError, OverflowError, struct.error):
        return None, picture


def _taken_at(picture: Image.Image) -> datetime | None:
    """When the camera says it took the picture; its clock is taken for the time here unless it names its offset."""
    written = picture.getexif().get_ifd(ExifTags.IFD.Exif)
    moment = str(written.get(ExifTags.Base.DateTimeOriginal, "")).strip("\x00 ")
    offset = str(written.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\x00 ")
    for text, form in ((moment + offset, "%Y:%m:%d %H:%M:%S%z"), (moment, "%Y:%m:%d %H:%M:%S")):
        try:
            read = datetime.strptime(text, form)
        except ValueError:
            continue
        return _kept(read if read.tzinfo else timezone.make_aware(read))
    return None


def _kept(moment: datetime) -> datetime | None:
    """The moment, unless it is one that no camera has seen."""
    return moment if 1980 <= moment.year <= 2199 else None
