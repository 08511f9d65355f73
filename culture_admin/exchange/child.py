"""The process that opens an uploaded sheet: guarded, limited, without Django, and free to die. Run with `python -m`.

The file comes on standard input. The answer goes to standard output: its head's length in four bytes, the head as JSON
(sheets, or a refusal), then for each column the index of each row's value among the column's distinct values. Told
apart like this, 100,000 rows cost little to send, and the reader learns the distinct values without looking for them.
"""

import array
import csv
import datetime
import html
import io
import json
import re
import resource
import struct
import sys
import zipfile
from collections import Counter
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from culture_admin.exchange import guard

MEMORY = 1024 * guard.MEGABYTE
CPU_SECONDS = 30
OPEN_FILES = 16
MAX_CELL = 32_767
DELIMITERS = ",\t;|"
SAMPLE_LINES = 50

_TRUTHS = {True: "TRUE", False: "FALSE"}
_WORKBOOK_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?r:id="([^"]+)"')
_RELATION = re.compile(rb"<Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'(Id|Target)="([^"]*)"')
# A cell whose value is an error, and a formula whose result was never stored; calamine gives a blank for both.
_ERROR_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*\bt="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>')
_BARE_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*><f[^>]*>([^<]+)</f>(?:<v\s*/>|<v></v>)?</c>')


def main() -> None:
    """Read standard input, answer on standard output. Exits with an error, or is killed, where the file is hopeless."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    columns: list[array.array] = []
    try:
        head = read(sys.stdin.buffer.read(), columns)
    except guard.Refused as refused:
        head = {"code": refused.code, "figures": refused.figures}
    encoded = json.dumps(head, ensure_ascii=False, default=_tagged).encode()
    sys.stdout.buffer.write(struct.pack("<I", len(encoded)) + encoded)
    for column in columns:
        sys.stdout.buffer.write(column)


def read(data: bytes, columns: list[array.array]) -> dict[str, Any]:
    """The head of the answer; the index columns of all sheets are appended to `columns`, in order."""
    if guard.kind_of(data) == "csv":
        return _read_csv(data, columns)
    with_formulas = guard.check_package(data)
    sheets = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for number, about in enumerate(workbook.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
                continue
            sheet = workbook.get_sheet_by_index(number)
            _refuse_sparse(sheet.total_height, sheet.total_width)
            rows = sheet.to_python(skip_empty_area=False) if sheet.end else []
            for row, column, written in _faults(data, number, with_formulas) if with_formulas else ():
                if row < len(rows) and column < len(rows[row]):
                    rows[row][column] = written
            merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
            sheets.append(
                {"name": about.name, "merged": merged, "height": len(rows), "distinct": _encode(rows, columns)}
            )
    return {"encoding": "", "delimiter": "", "sheets": sheets}


def _read_csv(data: bytes, columns: list[array.array]) -> dict[str, Any]:
    text, encoding = guard.decoded(data)
    if "\x00" in text:
        raise guard.Refused("file_encoding", line=text.count("\n", 0, text.index("\x00")) + 1)
    delimiter = _delimiter(text)
    csv.field_size_limit(MAX_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    width = 0
    try:
        for row in lines:
            rows.append(row)
            width = max(width, len(row))
            _refuse_sparse(len(rows), width)
    except csv.Error as error:
        raise guard.Refused("csv_quotes", line=lines.line_num) from error
    rows = [row + [""] * (width - len(row)) for row in rows]
    sheet = {"name": "", "merged": [], "height": len(rows), "distinct": _encode(rows, columns)}
    return {"encoding": encoding, "delimiter": delimiter, "sheets": [sheet]}


def _refuse_sparse(height: int, width: int) -> None:
    if height > guard.MAX_ROWS:
        raise guard.Refused("sheet_too_many_rows", limit=guard.MAX_ROWS)
    if width > guard.MAX_COLUMNS or height * width > guard.MAX_CELLS:
        raise guard.Refused("sheet_too_wide", rows=guard.MAX_ROWS, columns=guard.MAX_COLUMNS)


def _delimiter(text: str) -> str:
    """The sign that cuts most of the first lines into the same number of cells."""
    sample = text[: SAMPLE_LINES * 1000].splitlines()[:SAMPLE_LINES]

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=delimiter) if len(row) > 1)
        (width, lines), *_ = widths.most_common(1) or [(0, 0)]
        return lines, width

    return max(DELIMITERS, key=evenness)


def _encode(rows: list[list[Any]], columns: list[array.array]) -> list[list[Any]]:
    """The distinct values of each column; the indexes go to `columns`."""
    distinct_of_columns = []
    for column in zip(*rows, strict=True):
        # To Python True equals 1.0; to the reader of a sheet it does not.
        has_truths = bool in set(map(type, column))
        cells = (
            [_TRUTHS.get(cell, cell) if isinstance(cell, bool) else cell for cell in column] if has_truths else column
        )
        position = {cell: number for number, cell in enumerate(dict.fromkeys(cells))}
        # What XML cannot hold, Excel writes as _x0000_; no database holds it either.
        if "\x00" in "".join(cell for cell in position if isinstance(cell, str)):
            raise guard.Refused("file_unsafe", part="U+0000")
        columns.append(array.array("I", map(position.__getitem__, cells)))
        distinct_of_columns.append([None if isinstance(cell, str) and not cell.strip() else cell for cell in position])
    return distinct_of_columns


def _tagged(cell: object) -> list[Any]:
    """Dates and times as JSON can hold them; no cell is a list by itself."""
    if isinstance(cell, datetime.timedelta):
        return ["timedelta", cell.total_seconds()]
    assert isinstance(cell, datetime.date | datetime.time)
    return [type(cell).__name__, cell.isoformat()]


def _faults(data: bytes, number: int, with_formulas: set[str]) -> list[tuple[int, int, str]]:
    """Row, column and text of each error and each formula without result in the sheet of this number."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        relations = {}
        for relation in _RELATION.findall(package.read("xl/_rels/workbook.xml.rels")):
            attributes = dict(_ATTRIBUTE.findall(relation))
            relations[attributes.get(b"Id")] = attributes.get(b"Target", b"").decode()
        ids = _WORKBOOK_SHEET.findall(package.read("xl/workbook.xml"))
        target = relations.get(ids[number], "") if number < len(ids) else ""
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if part not in with_formulas:
            return []
        xml = package.read(part)
    faults = _ERROR_CELL.findall(xml)
    faults += [(letters, row, b"=" + formula) for letters, row, formula in _BARE_FORMULA.findall(xml)]
    return [
        (int(row) - 1, guard.column_number(letters) - 1, html.unescape(text.decode(errors="replace")))
        for letters, row, text in faults
    ]


if __name__ == "__main__":
    main()
