"""Cells that hold words: titles, places, names, remarks."""

import re

from django.core.exceptions import ValidationError

from culture_admin.exchange.cells import Cell, Context, Parser, Refusal, as_written, refuse_faults
from culture_admin.interfaces.text import clean_line, is_ordinary

_BREAKS = re.compile(r"\s*[\r\n\t]\s*")


def text(max_length: int) -> Parser:
    """A parser of text on one line, None for a blank cell. A line break inside the cell counts as a blank."""

    def parse(cell: Cell, context: Context) -> str | None:
        if cell is None:
            return None
        written = cell if isinstance(cell, str) else as_written(cell)
        if not is_ordinary(written) or len(written) > max_length:
            written = _clean(_BREAKS.sub(" ", written.strip()), max_length)
        written = written.strip()
        if written.startswith(("=", "#")):
            refuse_faults(written)
        return written or None

    return parse


def _clean(written: str, max_length: int) -> str:
    try:
        return clean_line(written, max_length=max_length)
    except ValidationError as refused:
        raise Refusal(refused.code or "text_other", refused.messages[0]) from refused
