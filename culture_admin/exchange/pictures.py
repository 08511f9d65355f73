"""What a file is, by its content; and a picture without what its camera wrote into it."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_PICTURE = 40_000_000
LONGEST_SIDE = 2560
QUALITY = 85
PDF = "application/pdf"
JPEG = "image/jpeg"
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file as it is kept: its content and the type we say it is."""

    content: bytes
    media_type: str


def accept(content: bytes) -> Accepted:
    """A picture, re-encoded so that nothing but the picture is left, or a PDF as it is. Raises ValidationError."""
    if not content:
        raise ValidationError(_("The file is empty."), code="file_empty")
    if len(content) > LARGEST_FILE:
        raise ValidationError(
            _("The file has %(size)d MB; at most %(most)d MB are kept."),
            code="file_too_large",
            params={"size": len(content) // 1024 // 1024, "most": LARGEST_FILE // 1024 // 1024},
        )
    if content.startswith(b"%PDF-"):
        return Accepted(content, PDF)
    return Accepted(_reencoded(content), JPEG)


def _reencoded(content: bytes) -> bytes:
    """The picture as JPEG, upright, at most 2,560 pixels a side, without position, comments or a second file behind it."""
    try:
        with warnings.catch_warnings():
            # Pillow only warns up to twice its limit; the limit here is our own, asked before a pixel is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > LARGEST_PICTURE:
            raise Image.DecompressionBombError
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except Image.DecompressionBombError as error:
        raise ValidationError(
            _("The picture has more than 40 million pixels. Send it smaller."), code="image_pixels"
        ) from error
    except UnidentifiedImageError as error:
        raise ValidationError(
            _("This is no picture (JPEG, PNG, WebP, GIF) and no PDF. A HEIC picture is sent as JPEG."), code="file_type"
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(_("The picture is damaged or was not sent completely."), code="image_broken") from error
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
