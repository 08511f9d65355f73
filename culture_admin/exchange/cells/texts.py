"""Cells that hold words: names, places, remarks, telephone numbers."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culture_admin.exchange.cells import NOT_RECORDED, Cell, Context, Parser, Refusal, as_written, plain, refuse_faults
from culture_admin.interfaces.text import clean_line

# Letters that are in NFC as they stand and hide nothing: what nearly every cell is made of.
_ORDINARY = re.compile(r"[ -~·—‘’“”…、-】一-鿿！-～]*")
_BREAKS = re.compile(r"\s*[\r\n\t]\s*")
_MOBILE = re.compile(r"(?:\+?86)?(1\d{10})")
_LANDLINE = re.compile(r"(?:0\d{2,3}-?)?\d{7,8}(?:-\d{1,6})?|[48]00-?\d{3,4}-?\d{3,4}")


def text(max_length: int) -> Parser:
    """A parser of text on one line, None for a blank cell. A line break inside the cell counts as a blank."""

    def parse(cell: Cell, context: Context) -> str | None:
        if cell is None:
            return None
        written = as_written(cell)
        if not _ORDINARY.fullmatch(written) or len(written) > max_length:
            written = _clean(_BREAKS.sub(" ", written.strip()), max_length)
        written = written.strip()
        if written.startswith(("=", "#")):
            refuse_faults(written)
        return written or None

    return parse


def phone(cell: Cell, context: Context) -> str | None:
    """A telephone number, or several with a slash between them; None where there is none."""
    written = plain(as_written(cell))
    if written in NOT_RECORDED:
        return None
    refuse_faults(written)
    return "/".join(_number(part, cell) for part in re.split(r"[/,;、]", written))


def _number(written: str, cell: Cell) -> str:
    if mobile := _MOBILE.fullmatch(re.sub(r"[\s-]", "", written)):
        return mobile[1]
    landline = written.replace("(", "").replace(")", "-").replace(" ", "-")
    if isinstance(cell, datetime.date) or not _LANDLINE.fullmatch(landline):
        raise Refusal(
            "phone_format",
            _("“%(value)s” is not a telephone number. Accepted: 13812345678, 0571-82345678. In Excel, format the column as text.")
            % {"value": as_written(cell)},
        )
    return landline


def _clean(written: str, max_length: int) -> str:
    try:
        return clean_line(written, max_length=max_length)
    except ValidationError as refused:
        raise Refusal(refused.code or "text_other", refused.messages[0]) from refused
