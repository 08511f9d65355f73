"""Totals written in a ledger, held against the sums of the rows that were taken."""

import datetime
from collections.abc import Iterator, Sequence
from itertools import accumulate

from django.utils.translation import gettext as _

from culture_admin.exchange import lines
from culture_admin.exchange.cells import Context, Refusal
from culture_admin.exchange.layout import Column
from culture_admin.exchange.records import Draft, Part, TotalLine, WrongTotal


def compare_totals(draft: Draft, taken: Sequence[bool], dated_by: str) -> list[WrongTotal]:
    """The written totals that differ from the rows taken, in the order of the sheets.

    dated_by: the field whose month a total like `一季度小计` speaks of; empty where rows have no date.
    """
    wrong: list[WrongTotal] = []
    ends = [*(part.start for part in draft.parts[1:]), len(draft)]
    for column in draft.columns:
        if column.adds:
            values = [(value or 0) if use else 0 for value, use in zip(draft.values[column.adds], taken, strict=True)]
            for part, end in zip(draft.parts, ends, strict=True):
                dates = draft.values[dated_by][part.start : end] if dated_by else []
                wrong += _wrong_in_part(part, column, values[part.start : end], dates, sum(values[: part.start]))
    order = {part.sheet.name: number for number, part in enumerate(draft.parts)}
    return sorted(wrong, key=lambda warning: (order[warning["sheet"]], warning["row"]))


def _wrong_in_part(
    part: Part, column: Column, values: Sequence[int], dates: Sequence[datetime.date | None], before: int
) -> Iterator[WrongTotal]:
    sums = [0, *accumulate(values)]
    labels = [line.label for line in part.totals]
    closed = 0
    for number, line in enumerate(part.totals):
        # A total may also stand above all its rows.
        sheet = sums[line.above] if line.above or lines.is_of_a_part(line.label) else sums[-1]
        section = sums[line.above] - sums[closed]
        closed = line.above
        named = _sum_of_months(line.label, values, dates)
        # 合计 closes a section where it stands more than once, and the sheet where it comes last.
        is_last = number == len(labels) - 1 and labels.count(line.label) == 1
        of_a_part = lines.is_of_a_part(line.label) or not is_last
        computed = named if named is not None and not section else section if of_a_part else sheet
        written = _written(line, column)
        if written is None or written in {computed, section, sheet, before + sheet, named}:
            continue
        shown = {"written": _shown(written, column), "computed": _shown(computed, column)}
        message = _("“%(label)s” says %(written)s, the rows taken give %(computed)s.") % {
            "label": line.label or "Σ",
            **shown,
        }
        yield {
            "row": line.index + 1,
            "sheet": part.sheet.name,
            "column": part.words.get(column.name, ""),
            "code": "total_differs",
            "message": message,
            "written": shown["written"],
            "computed": shown["computed"],
        }


def _sum_of_months(label: str, values: Sequence[int], dates: Sequence[datetime.date | None]) -> int | None:
    months = lines.months_of(label)
    if months is None or not dates:
        return None
    return sum(value for value, date in zip(values, dates, strict=True) if date and date.month in months)


def _written(line: TotalLine, column: Column) -> int | None:
    """The total in the column's field; None where none is written that can be read."""
    cell = line.cells.get(column.name)
    if cell is None and column.name in line.cells and column.adds == column.fills[0]:
        cell = lines.heads_in(line.label) if column.per == 1 else None
    try:
        value = column.parse(cell, Context(unit=line.units.get(column.name, "")))
    except Refusal:
        return None
    return value[column.fills.index(column.adds)] if isinstance(value, tuple) else value


def _shown(value: int, column: Column) -> float:
    return value // column.per if value % column.per == 0 else value / column.per
