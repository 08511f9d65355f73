"""What a ledger's row is, as an app declares it, and the reading of a workbook by that declaration."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

from django.utils.translation import gettext as _

from culture_admin.exchange import lines
from culture_admin.exchange.body import read_body
from culture_admin.exchange.cells import Context
from culture_admin.exchange.layout import IGNORE, Column, Table, find_table, texts_above
from culture_admin.exchange.reader import Unreadable, Workbook, Worksheet
from culture_admin.exchange.records import Draft, Records
from culture_admin.exchange.totals import compare_totals

HEADER = "header:"
# How many rows of a cover sheet may say which year the other sheets are of.
TOP = 6


@dataclass(frozen=True)
class Sheet:
    """The declaration of a ledger.

    ignored: header words of columns that are known and not read. repeated_by: the fields in which a row that repeats an
    earlier one equals it. settle: rules across columns and rows, asked after all cells are read. totals: the sums that a
    preview shows, from the columns of the rows taken. dated_by: the field that tells to which month a row belongs.
    """

    kind: str
    label: object
    columns: tuple[Column, ...]
    ignored: str
    repeated_by: tuple[str, ...]
    settle: Callable[[Draft, Mapping[str, str]], None]
    totals: Callable[[Mapping[str, list[Any]]], dict[str, float]]
    dated_by: str = ""

    @property
    def is_personal(self) -> bool:
        """Whether its cells hold personal data: then its file is kept sealed, and not for long."""
        return any(column.hide for column in self.columns)


def read_records(workbook: Workbook, sheet: Sheet, answers: Mapping[str, str] | None = None) -> Records:
    """Read every table of the workbook that fits the declaration; all faults are found in this one pass.

    answers: question id → choice, those remembered and those just given. Raises Unreadable where no sheet fits.
    """
    answers = answers or {}
    draft = Draft(sheet.columns)
    _speak_of_encoding(workbook, draft)
    tables = _tables(workbook, sheet, answers, draft)
    for table in tables:
        read_body(table, _context(workbook, tables, table), draft)
        _speak_of_columns(table, draft)
    sheet.settle(draft, answers)
    repeated = _repeats(draft, sheet)
    taken = [position not in draft.faults and position not in repeated for position in range(len(draft))]
    warnings = compare_totals(draft, taken, sheet.dated_by)
    values = {name: list(compress(column, taken)) for name, column in draft.values.items() if name[0] != "_"}
    return Records(
        kind=sheet.kind,
        rows=list(compress(draft.rows, taken)),
        sheets=list(compress(draft.sheets, taken)),
        values=values,
        totals=sheet.totals(values),
        words=_words(draft),
        refusals=draft.refusals(),
        repeats=[
            {
                "row": draft.rows[later],
                "sheet": draft.sheets[later],
                "of": draft.rows[first],
                "of_sheet": draft.sheets[first],
            }
            for later, first in repeated.items()
        ],
        warnings=warnings,
        notes=draft.notes,
        questions=list(draft.questions.values()),
    )


def _tables(workbook: Workbook, sheet: Sheet, answers: Mapping[str, str], draft: Draft) -> list[Table]:
    """The tables that have all required columns; a note for every other sheet that holds anything."""
    ignored = sheet.ignored.split()
    remembered = {
        question.removeprefix(HEADER): choice for question, choice in answers.items() if question.startswith(HEADER)
    }
    found = [find_table(each, sheet.columns, ignored, remembered) for each in workbook.sheets]
    complete = [table for table in found if table and not table.missing(sheet.columns)]
    # What the values of one sheet tell about an unknown word holds for the short sheet beside it.
    told = {
        heading.path: table.columns[heading.index].name
        for table in complete
        for heading in table.unknown
        if heading.index in table.columns
    }
    if told and len(complete) < len(found):
        found = [
            table if table in complete else find_table(each, sheet.columns, ignored, told | remembered)
            for each, table in zip(workbook.sheets, found, strict=True)
        ]
        complete = [table for table in found if table and not table.missing(sheet.columns)]
    if not complete:
        raise _no_table(workbook, sheet, [table for table in found if table])
    read = {table.sheet.name for table in complete}
    for each in workbook.sheets:
        if each.height and each.name not in read:
            message = _("The sheet “%(sheet)s” holds no table of this kind and is not read.") % {"sheet": each.name}
            draft.notes.append({"row": None, "sheet": each.name, "code": "sheet_skipped", "message": message})
    return complete


def _no_table(workbook: Workbook, sheet: Sheet, tables: Sequence[Table]) -> Unreadable:
    if not tables:
        return Unreadable(
            "sheet_missing",
            _(
                "No sheet of “%(file)s” holds the table “%(kind)s”. It needs a header row with: %(columns)s. Sheets: %(sheets)s."
            )
            % {
                "file": workbook.name,
                "kind": sheet.label,
                "columns": _listed(column.words[0] for column in sheet.columns if column.required),
                "sheets": _listed(each.name for each in workbook.sheets),
            },
        )
    table = min(tables, key=lambda table: len(table.missing(sheet.columns)))
    return Unreadable(
        "column_missing",
        _("The table on sheet “%(sheet)s” lacks: %(missing)s. Its header in row %(row)d reads: %(words)s.")
        % {
            "sheet": table.sheet.name,
            "missing": _listed(f"{column.words[0]} ({column.label})" for column in table.missing(sheet.columns)),
            "row": table.first,
            "words": _listed(heading.word for heading in table.headings),
        },
    )


def _listed(words: Iterable[object]) -> str:
    return ", ".join(str(word) for word in words)


def _context(workbook: Workbook, tables: Sequence[Table], table: Table) -> Context:
    """The year that a date like 3月5日 stands in: from the table's title lines and the sheet's name, where they agree.

    Where neither says one, from the cover and the other sheets, at last from the file's name.
    """
    titles = texts_above(table)
    by_title, by_name = lines.year_of(titles), lines.year_of([table.sheet.name])
    year = by_title or by_name
    if by_title and by_name and by_title != by_name:
        year = None
    elif year is None:
        read = {each.sheet.name: each for each in tables}
        others = [text for sheet in workbook.sheets for text in _head(sheet, read.get(sheet.name))]
        names = [sheet.name for sheet in workbook.sheets]
        year = _only_year(others) or _only_year(names) or lines.year_of([workbook.name])
    months = [month for text in [table.sheet.name, *titles] if (month := lines.month_of(text))]
    return Context(year, months[0] if months else None)


def _head(sheet: Worksheet, table: Table | None) -> list[str]:
    """The title lines of a sheet, or the first lines of one without a table."""
    if table:
        return texts_above(table)
    return [cell for row in range(min(TOP, sheet.height)) for cell in sheet.row(row) if isinstance(cell, str)]


def _only_year(texts: Sequence[str]) -> int | None:
    years = {year for text in texts if (year := lines.year_of([text]))}
    return years.pop() if len(years) == 1 else None


def _words(draft: Draft) -> dict[str, str]:
    """By field, the header word under which the sheet has it."""
    return {
        name: part.words[column.name]
        for part in draft.parts
        for column in draft.columns
        if column.name in part.words
        for name in column.fills
    }


def _repeats(draft: Draft, sheet: Sheet) -> dict[int, int]:
    """Position of each row that repeats an earlier sound one → position of that one."""
    first: dict[tuple[Any, ...], int] = {}
    repeats = {}
    for position, key in enumerate(zip(*(draft.values[name] for name in sheet.repeated_by), strict=True)):
        if position not in draft.faults:
            earlier = first.setdefault(key, position)
            if earlier != position:
                repeats[position] = earlier
    return repeats


def _speak_of_encoding(workbook: Workbook, draft: Draft) -> None:
    if workbook.encoding not in {"", "utf-8-sig"}:
        message = _("The file was read as %(encoding)s text.") % {"encoding": workbook.encoding.upper()}
        draft.notes.append({"row": None, "sheet": "", "code": "encoding", "message": message})


def _speak_of_columns(table: Table, draft: Draft) -> None:
    """Ask about header words that nobody knows; say which known columns are not read because another says the same."""
    taken = list(table.columns.values())
    for heading in table.unknown:
        assumed = table.columns.get(heading.index)
        choices = {
            column.name: str(column.label) for column in draft.columns if column not in taken or column is assumed
        }
        choices[IGNORE] = _("do not read this column")
        draft.ask(
            HEADER + heading.path,
            _("What does the column “%(word)s” hold?") % {"word": heading.path},
            choices=list(choices),
            labels=choices,
            assumed=assumed.name if assumed else IGNORE,
        )
    for heading in table.unused:
        message = _("The column “%(word)s” is not read: another column says the same.") % {"word": heading.path}
        draft.notes.append({"row": None, "sheet": table.sheet.name, "code": "column_unused", "message": message})
