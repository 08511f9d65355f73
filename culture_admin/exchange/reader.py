"""Opens a sheet that somebody sent (xlsx or csv) in a process of its own, and says why where it cannot be read."""

import array
import datetime
import json
import logging
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from culture_admin.exchange import guard
from culture_admin.exchange.cells import Cell

logger = logging.getLogger(__name__)

CHECKOUT = Path(__file__).resolve().parents[2]
WALL_SECONDS = 60

_MESSAGES = {
    "file_empty": _("The file “%(file)s” is empty."),
    "file_too_large": _("The file has %(megabytes)s MB; at most %(limit)s MB are read. Send it in parts, a year each."),
    "file_too_large_inflated": _(
        "Unpacked, the file is far larger than a ledger (over %(limit)s MB, part %(part)s). Copy the rows into a new file."
    ),
    "file_too_many_parts": _(
        "The file holds %(parts)s parts, at most %(limit)s are read. Delete sheets and pictures that do not belong to the ledger."
    ),
    "file_encrypted": _("The file is protected by a password. Take the password off, save, and send it again."),
    "file_is_xls": _("This is a file of old Excel (.xls) or WPS (.et). Save it as .xlsx and send it again."),
    "file_is_html": _("This is a web page under another name. Open it in Excel, save it as .xlsx and send it again."),
    "file_type": _("This is a file of the type %(found)s. A ledger is read from .xlsx or .csv."),
    "file_damaged": _(
        "The file “%(file)s” is damaged or was not sent completely. Open it, save it, and send it again."
    ),
    "file_unsafe": _("The file holds a part that no ledger needs (%(part)s). Copy the rows into a new file."),
    "file_has_macros": _("The file holds macros. Save it as .xlsx (without macros) and send it again."),
    "file_has_links": _(
        "Cells of the file take their values from other files. In Excel choose Data, Edit Links, Break Link; save and send it again."
    ),
    "file_has_entities": _("The file holds declarations that no ledger needs. Copy the rows into a new file."),
    "file_encoding": _(
        "Line %(line)s is written in another character encoding than the rest, or in none that is known. Save the file as "
        "“CSV UTF-8”."
    ),
    "csv_quotes": _(
        "Line %(line)s: a quotation mark is not closed, or stands inside a cell without being doubled. Write “ ” instead."
    ),
    "sheet_too_many_rows": _(
        "A sheet has more than %(limit)s rows. Delete the empty rows below the ledger, or send it in parts."
    ),
    "sheet_too_wide": _(
        "A cell lies outside the %(rows)s rows and %(columns)s columns that are read. Delete what stands far from the ledger."
    ),
    "sheet_too_many_merged": _("A sheet has more than %(limit)s merged cells. Unmerge them and send it again."),
    "cell_too_long": _("A cell holds more text than Excel allows. Copy the rows into a new file."),
    "file_unreadable": _(
        "The file “%(file)s” (%(kilobytes)s KB) could not be read. Open it in Excel or WPS, save it as .xlsx and send it again."
    ),
}

_DATES: dict[str, Callable[[Any], Cell]] = {
    "date": datetime.date.fromisoformat,
    "datetime": datetime.datetime.fromisoformat,
    "time": datetime.time.fromisoformat,
    "timedelta": lambda seconds: datetime.timedelta(seconds=seconds),
}


class Unreadable(ValueError):
    """A file of which not one row can be read. `message` says what it is and what to do with it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Worksheet:
    """One visible sheet: its cells by column, all columns equally long, row 1 of Excel at index 0.

    merged: first row, first column, last row and last column of each merged region, counted from 0.
    """

    name: str
    columns: list[list[Cell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def height(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def row(self, index: int) -> list[Cell]:
        return [column[index] for column in self.columns]


@dataclass(frozen=True)
class Workbook:
    """The visible sheets of a file. encoding and delimiter are those of a csv file, empty for xlsx."""

    name: str
    sheets: list[Worksheet]
    encoding: str = ""
    delimiter: str = ""


def read_workbook(data: bytes, name: str) -> Workbook:
    """Read a file of at most 25 MB. Its name serves only to speak of it, its content says what it is.

    Raises Unreadable and nothing else, whatever happens to the process that opens it.
    """
    try:
        guard.kind_of(data)
        head, sheets = _opened(data)
        if "code" in head:
            raise guard.Refused(head["code"], **head["figures"])
    except guard.Refused as refused:
        raise unreadable(refused.code, data, name, **refused.figures) from refused
    except (subprocess.SubprocessError, OSError, ValueError, LookupError, TypeError, struct.error) as error:
        logger.warning("A sheet of %d bytes could not be opened: %s", len(data), error)
        raise unreadable("file_unreadable", data, name) from error
    return Workbook(name, sheets, head["encoding"], head["delimiter"])


def unreadable(code: str, data: bytes, name: str, **figures: object) -> Unreadable:
    """The refusal of a whole file, in words."""
    return Unreadable(code, _MESSAGES[code] % {"file": name, "kilobytes": -(-len(data) // 1024), **figures})


def _opened(data: bytes) -> tuple[dict[str, Any], list[Worksheet]]:
    """The head of the child's answer and the sheets in it (culture_admin/exchange/child.py describes the form)."""
    child = subprocess.run(
        [sys.executable, "-E", "-m", "culture_admin.exchange.child"],
        input=data,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=CHECKOUT,
        # Nothing of ours goes along: no address, no password, no key.
        env={name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ},
        timeout=WALL_SECONDS,
        check=True,
    )
    (length,) = struct.unpack_from("<I", child.stdout)
    head = json.loads(child.stdout[4 : 4 + length])
    indexes = array.array("I", child.stdout[4 + length :])
    sheets, ended = [], 0
    for sheet in head.get("sheets", ()):
        columns = []
        for distinct in sheet["distinct"]:
            values = [_DATES[cell[0]](cell[1]) if isinstance(cell, list) else cell for cell in distinct]
            begun, ended = ended, ended + sheet["height"]
            columns.append(list(map(values.__getitem__, indexes[begun:ended])))
        sheets.append(Worksheet(sheet["name"], columns, [tuple(region) for region in sheet["merged"]]))
    return head, sheets
