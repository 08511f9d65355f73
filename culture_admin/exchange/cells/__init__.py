"""What a written cell means: one pure parser for each kind of value."""

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

# None is a blank cell; truth values arrive as the words TRUE and FALSE that the sheet shows.
Cell = str | float | int | datetime.date | datetime.datetime | datetime.time | datetime.timedelta | None

# What stands for "not recorded" in a column. 不详 (unclear) does not: somebody has to say what it was.
NOT_RECORDED = {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "未统计", "未记录", "N/A", "n/a"}

# How much of a cell an answer quotes.
QUOTED = 80

_BLANKS = re.compile(r"\s+")
_NEEDLESS_BLANK = re.compile(r"(?<![0-9A-Za-z]) | (?![0-9A-Za-z])")
_FAULT = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)")


class Refusal(ValueError):
    """A cell that cannot be read. `code` is stable; `message` says what was read and what is accepted."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Context:
    """What a cell leaves unsaid: the year and month of its sheet or section, the unit that its header names."""

    year: int | None = None
    month: int | None = None
    unit: str = ""


# Gives the value, or a tuple of values where a column fills several fields. Raises Refusal.
Parser = Callable[[Cell, Context], Any]


def as_written(cell: Cell) -> str:
    """The cell as a person would read it on the screen."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ", "minutes")
    return str(cell)


def quoted(cell: Cell) -> str:
    """The cell as an answer repeats it, not longer than a line."""
    written = as_written(cell)
    return written if len(written) <= QUOTED else written[: QUOTED - 1] + "…"


def plain(text: str) -> str:
    """Half-width and without blanks, but for one between two letters or digits (`2021/3/5 14:00`, `300 400`)."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _NEEDLESS_BLANK.sub("", _BLANKS.sub(" ", text.strip()))


def refuse_faults(cell: str) -> None:
    """Raise Refusal for what is no entry of a person: a spreadsheet's error, or a formula without its result."""
    if _FAULT.fullmatch(cell):
        raise Refusal(
            "cell_error",
            _("The cell shows the error %(value)s. Mend its formula, or write the value itself.")
            % {"value": quoted(cell)},
        )
    if cell.startswith("=") and len(cell) > 1:
        raise Refusal(
            "formula_unvalued",
            _("The cell holds the formula %(value)s without its result. Open the file, save it, and send it again.")
            % {"value": quoted(cell)},
        )
