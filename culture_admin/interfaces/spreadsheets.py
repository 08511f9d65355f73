"""Rows as a file for sheet programs, XLSX or CSV: texts stay texts, and what was left out is said."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 10_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {"xlsx": XLSX, "csv": "text/csv"}
# What a sheet program would take for a formula (SAFETY.md §4.6).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
# Texts stay texts: what looks like a formula or a link is never one in our files.
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LONGEST_NAME = 31
WIDTH = 18

Line = Sequence[object]


@dataclass(frozen=True)
class Sheet:
    """A heading and lines of plain values: text, numbers, dates, moments, yes and no, None where nothing is recorded.

    Of more than MOST_ROWS lines the first are written, and a sentence says so.
    """

    title: str
    header: Sequence[str]
    lines: Iterable[Line]

    def answer(self, wanted: str) -> HttpResponse:
        """The file as a download; `wanted` is xlsx or csv."""
        content = as_xlsx(self) if wanted == "xlsx" else as_csv(self)
        response = HttpResponse(content, content_type=MEDIA_TYPES[wanted])
        if wanted == "csv":
            response["Content-Type"] = "text/csv; charset=utf-8"
        name = f"{self.title}-{timezone.localdate():%Y%m%d}.{wanted}"
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response

    def capped(self) -> Iterator[Line]:
        for number, line in enumerate(self.lines):
            if number == MOST_ROWS:
                yield [_("These are the first %(most)d rows; narrow the list for the others.") % {"most": MOST_ROWS}]
                return
            yield line


def as_csv(sheet: Sheet) -> bytes:
    """UTF-8 with the mark by which Excel knows it; days as 2026-05-31."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in sheet.header])
    for line in sheet.capped():
        writer.writerow([harmless(_said(cell)) for cell in line])
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: Sheet) -> bytes:
    """One worksheet with its heading held in place; days and moments are those of the sheet program."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, PLAIN) as book:
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        page = book.add_worksheet(sheet.title[:LONGEST_NAME])
        page.freeze_panes(1, 0)
        page.set_column(0, len(sheet.header) - 1, WIDTH)
        page.write_row(0, 0, sheet.header, book.add_format({"bold": True}))
        for row, line in enumerate(sheet.capped(), start=1):
            for column, cell in enumerate(line):
                if isinstance(cell, date):
                    page.write_datetime(row, column, _local(cell), formats[type(cell)])
                else:
                    write_cell(page, row, column, _said(cell))
    return written.getvalue()


def write_cell(page: Worksheet, row: int, column: int, cell: object) -> None:
    """A number as a number, everything else as text; nothing where nothing is recorded."""
    if isinstance(cell, int | float | Decimal):
        page.write_number(row, column, cell)
    elif cell is not None:
        page.write_string(row, column, str(cell))


def harmless(cell: object) -> object:
    """Text that a sheet program would take for a formula gets a quote in front; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _said(cell: object) -> object:
    if isinstance(cell, bool):
        return _("Yes") if cell else _("No")
    if isinstance(cell, datetime):
        return f"{_local(cell):%Y-%m-%d %H:%M}"
    if cell is None or isinstance(cell, int | float | Decimal):
        return cell
    return str(cell)


def _local(value: date) -> date:
    """A moment as the clock here showed it; a sheet program knows no zones."""
    return timezone.make_naive(value) if isinstance(value, datetime) else value
