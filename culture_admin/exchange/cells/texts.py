"""Cells that hold words: names, places, remarks, telephone numbers."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culture_admin.exchange.cells import Cell, Context, Parser, Refusal, as_written, plain, refuse_faults
from culture_admin.interfaces.text import clean_line

# Letters that are in NFC as they stand and hide nothing: what nearly every cell is made of.
_ORDINARY = re.compile(r"[ -~·—‘’“”…、-】一-鿿！-～]*")
_BREAKS = re.compile(r"\s*[\r\n\t]\s*")
_NOTHING = {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "N/A", "n/a"}
_PHONE = re.compile(r"(?:\+?86-?)?(1\d{10}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|\d{7,8}|[48]00-?\d{3,4}-?\d{3,4})")


def text(max_length: int) -> Parser:
    """A parser of text on one line: str, or None for a blank cell. A break inside the cell counts as a blank."""

    def parse(cell: Cell, context: Context) -> str | None:
        if cell is None:
            return None
        written = cell if isinstance(cell, str) else as_written(cell)
        if not _ORDINARY.fullmatch(written) or len(written) > max_length:
            written = _clean(_BREAKS.sub(" ", written.strip()), max_length)
        written = written.strip()
        if written[:1] in ("=", "#"):
            refuse_faults(written)
        return written or None

    return parse


def phone(cell: Cell, context: Context) -> str | None:
    """A telephone number, or several, as digits with the hyphens of the area code; None where there is none."""
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        raise _no_phone(cell)
    written = plain(as_written(cell))
    if written in _NOTHING:
        return None
    numbers = [re.sub(r"[\s()]", "-" if part.startswith("(") else "", part.lstrip("(")) for part in re.split(r"[/,;、]", written)]
    matches = [_PHONE.fullmatch(number.replace(")", "-")) or _PHONE.fullmatch(number.replace("-", "")) for number in numbers]
    if not all(matches):
        raise _no_phone(cell)
    return "/".join(match.group(1) for match in matches if match)


def _no_phone(cell: Cell) -> Refusal:
    return Refusal(
        "phone_format",
        _("“%(value)s” is no telephone number. Accepted: 13812345678, 0571-82345678; in Excel, format the column as text.")
        % {"value": as_written(cell)},
    )


def _clean(written: str, max_length: int) -> str:
    try:
        return clean_line(written, max_length=max_length)
    except ValidationError as refused:
        raise Refusal(refused.code or "text", refused.messages[0]) from refused
