"""The rows below a header: which of them are records, and what their cells say."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

from django.utils.translation import gettext as _

from culture_admin.exchange import lines
from culture_admin.exchange.cells import Cell, Context, Refusal, as_written, quoted
from culture_admin.exchange.layout import Column, Table
from culture_admin.exchange.records import Draft, Part, TotalLine

DITTO = {"同上", "同前", "〃", "″"}


def read_body(table: Table, context: Context, draft: Draft) -> None:
    """Append the records below the table's header to the draft, with their faults; lines that are no records are left out."""
    body = _Body(table)
    for index, column in table.columns.items():
        body.cells[index] = _with_ditto(table.sheet.columns[index][table.first :])
        _spread_merged(body, index, column)
    required = [index for index, column in table.columns.items() if column.required or column.instead_of]
    for index in required:
        body.sort_out(row for row, cell in enumerate(body.cells[index]) if cell is None or _may_be_total(cell))
    contexts = _contexts(body, context)
    read = {
        index: _parsed(body.cells[index], column, table.unit(index), contexts)
        for index, column in table.columns.items()
    }
    for index in required:
        failures = read[index].failures
        body.sort_out(row for row, cell in enumerate(body.cells[index]) if cell in failures)
    _append(body, read, draft)


def _may_be_total(cell: Cell) -> bool:
    """A register without days has its 合计 where the names stand."""
    return isinstance(cell, str) and ("计" in cell or "总" in cell) and lines.total([cell]) is not None


@dataclass
class _Read:
    """What the cells of one column say: a list for each field it fills, and the refusals by what is written."""

    values: list[list[Any]]
    failures: dict[Cell, Refusal]


class _Body:
    """The rows of one table, counted from the first row below the header."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.height = table.sheet.height - table.first
        self.cells: dict[int, list[Cell]] = {}
        # Rows that a merged number covers, by column.
        self.merged: dict[int, set[int]] = {}
        # What the rows are that somebody had to look at: all others are records.
        self.kinds: dict[int, str] = {}
        self.sections: dict[int, list[Cell]] = {}
        self.totals: dict[int, str] = {}
        self.names_sums = any(column.names_sums for column in table.columns.values())
        self.words = {heading.index: {heading.word, heading.group} for heading in table.headings}

    def sort_out(self, rows: Iterable[int]) -> None:
        """Look at these rows closely; a row without its date, say, may be a total, a note, or a faulty record."""
        for row in rows:
            if row not in self.kinds:
                self.kinds[row] = self._kind(row)

    def _kind(self, row: int) -> str:
        cells = self.table.sheet.row(self.table.first + row)
        written = {index: cell for index, cell in enumerate(cells) if cell is not None}
        own = sum(index in written for index in self.table.columns)
        words = [cell for cell in written.values() if isinstance(cell, str)]
        if not words:
            return self._kind_of_numbers(row, written)
        if self._repeats_header(written):
            return "header"
        if not self.names_sums and (label := lines.total(cells)):
            self.totals[row] = label
            return "total"
        if lines.section(cells, Context()):
            self.sections[row] = cells
            return "section"
        if lines.is_note(words[0]):
            return "note"
        return "record" if own > 1 or (own and len(written) > 2) else "line"

    def _kind_of_numbers(self, row: int, written: Mapping[int, Cell]) -> str:
        """A running number alone is nothing; sums alone are a total that nobody has labelled."""
        own = [index for index in self.table.columns if index in written]
        if own and len(own) == len(written) and all(self.table.columns[index].adds for index in own):
            self.totals[row] = ""
            return "total"
        return "record" if own else "blank"

    def _repeats_header(self, written: Mapping[int, Cell]) -> bool:
        same = sum(
            isinstance(cell, str) and cell.strip() in self.words.get(index, ()) for index, cell in written.items()
        )
        return same >= 2 and 2 * same >= len(written)


def _with_ditto(cells: list[Cell]) -> list[Cell]:
    """The cells, with 同上 replaced by what stands above."""
    if DITTO.isdisjoint(set(cells)):
        return cells
    above: Cell = None
    spelt_out = []
    for cell in cells:
        spelt_out.append(above if cell in DITTO else cell)
        above = spelt_out[-1] or above
    return spelt_out


def _spread_merged(body: _Body, index: int, column: Column) -> None:
    """Give a merged cell's words or date to all its rows; remember the rows that share one merged number."""
    table = body.table
    for top, left, bottom, _right in table.sheet.merged:
        if left != index or bottom == top or top < table.first:
            continue
        # Where nothing else is written, the row is only the lower part of a tall one.
        own = [row for row in range(top, bottom + 1) if row == top or _has_cells(table, row)]
        if len(own) == 1:
            continue
        if column.adds:
            body.merged.setdefault(index, set()).update(row - table.first for row in own)
        else:
            for row in own:
                body.cells[index][row - table.first] = table.sheet.columns[index][top]


def _has_cells(table: Table, row: int) -> bool:
    return any(table.sheet.columns[index][row] is not None for index in table.columns)


def _contexts(body: _Body, context: Context) -> list[tuple[int, int, Context]]:
    """Stretches of rows (from, to) with the year and month that hold in them, as section lines change them."""
    stretches, begins = [], 0
    for row, cells in sorted(body.sections.items()):
        stretches.append((begins, row, context))
        begins, context = row, lines.section(cells, context) or context
    return [*stretches, (begins, body.height, context)]


def _parsed(cells: list[Cell], column: Column, unit: str, contexts: Sequence[tuple[int, int, Context]]) -> _Read:
    """Each distinct cell is read once in each context."""
    blank = (None,) * len(column.fills)
    failures: dict[Cell, Refusal] = {}
    values: list[Any] = []
    for begins, ends, context in contexts:
        stretch = replace(context, unit=unit)
        meaning = {}
        for cell in dict.fromkeys(cells[begins:ends]):
            try:
                meaning[cell] = column.parse(cell, stretch)
            except Refusal as refusal:
                failures[cell] = refusal
                meaning[cell] = blank if len(column.fills) > 1 else None
        values += map(meaning.__getitem__, cells[begins:ends])
    if len(column.fills) == 1:
        return _Read([values], failures)
    return _Read([[value[number] for value in values] for number in range(len(column.fills))], failures)


def _append(body: _Body, read: dict[int, _Read], draft: Draft) -> None:
    """Add the rows that are records to the draft, with their faults and the totals written among them."""
    table = body.table
    mask = [True] * body.height
    for row, kind in body.kinds.items():
        mask[row] = kind == "record"
    taken = [row for row, is_record in enumerate(mask) if is_record]
    part = Part(table.sheet, len(draft), {}, {}, [])
    draft.parts.append(part)
    draft.rows += [table.first + row + 1 for row in taken]
    draft.sheets += [table.sheet.name] * len(taken)
    filled = set()
    for index, column in table.columns.items():
        part.words[column.name] = table.word(index)
        part.cells[column.name] = list(compress(body.cells[index], mask))
        for field, values in zip(column.fills, read[index].values, strict=True):
            draft.values[field] += compress(values, mask)
            filled.add(field)
        _refuse(draft, part, column, read[index].failures)
        shared = body.merged.get(index, set())
        _refuse_shared(draft, column, (part.start + offset for offset, row in enumerate(taken) if row in shared))
    for field in draft.values.keys() - filled:
        draft.values[field] += [None] * len(taken)
    _keep_totals(body, part, taken)
    _note_lines(body, draft)


def _refuse(draft: Draft, part: Part, column: Column, failures: dict[Cell, Refusal]) -> None:
    refusals = dict(failures)
    if column.required or column.instead_of:
        refusals[None] = Refusal("missing", _("The row has no %(column)s.") % {"column": column.label})
    if refusals:
        for position, cell in enumerate(part.cells[column.name], part.start):
            if cell in refusals:
                draft.refuse(position, column.name, refusals[cell])


def _refuse_shared(draft: Draft, column: Column, positions: Iterable[int]) -> None:
    shared = Refusal("merged_cell", _("The cell is merged: one number for several rows. Write a number in each row."))
    for position in positions:
        draft.refuse(position, column.name, shared)


def _keep_totals(body: _Body, part: Part, taken: Sequence[int]) -> None:
    columns = {column.name: index for index, column in body.table.columns.items() if column.adds}
    units = {name: body.table.unit(index) for name, index in columns.items()}
    for row, label in sorted(body.totals.items()):
        cells = {name: body.cells[index][row] for name, index in columns.items()}
        part.totals.append(TotalLine(body.table.first + row, label, bisect_left(taken, row), cells, units))


def _note_lines(body: _Body, draft: Draft) -> None:
    """Say which lines with words were taken for neither a record nor any of the usual other lines."""
    sheet = body.table.sheet
    for row in sorted(row for row, kind in body.kinds.items() if kind == "line"):
        index = body.table.first + row
        text = " ".join(as_written(cell) for cell in sheet.row(index) if cell is not None)
        message = _("The line “%(text)s” is not read as a record.") % {"text": quoted(text)}
        if draft.is_personal:
            message = _("The line is not read as a record.")
        draft.notes.append({"row": index + 1, "sheet": sheet.name, "code": "line_skipped", "message": message})
