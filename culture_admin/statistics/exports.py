"""A table as JSON, CSV and XLSX: the same numbers by three doors."""

from __future__ import annotations

import csv
import io
from datetime import date
from urllib.parse import urlencode

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.interfaces.spreadsheets import PLAIN, harmless, write_cell
from culture_admin.statistics.questions import GRAINS, PLACES, Hierarchy, Question
from culture_admin.statistics.reading import Row, Table
from culture_admin.statistics.register import METRICS, Amount, Events, Metric, Together
from culture_admin.statistics.tallies import Number
from culture_admin.territory.models import Division


def described(metric: Metric) -> dict[str, object]:
    """A metric as the API lists it."""
    return {
        "code": metric.code,
        "label": str(metric.label),
        "unit": str(metric.unit),
        "kind": metric.kind,
        "dimensions": ["division", *GRAINS, *metric.dimensions],
        "definition": str(metric.definition),
        "version": metric.version,
    }


def as_json(table: Table) -> dict[str, object]:
    """The answer of the statistics API, of plain values."""
    question = table.question
    stocks = any(metric.kind == "stock" for metric in question.metrics)
    return {
        "meta": {
            "metrics": [described(metric) for metric in question.metrics],
            "from": _day(question.period.start),
            "to": _day(question.period.end),
            "as_of": _day(question.as_of) if stocks else None,
            "division": _division(question),
            "hierarchy": question.hierarchy.value,
            "status": question.status.value,
            "computed_at": question.at.isoformat(),
            "units": {code: units._asdict() for code, units in table.units.items()},
            "estimated": dict.fromkeys(sorted(table.estimated), True),
            "records": {metric.code: records_address(question, metric) for metric in question.metrics},
        },
        "rows": [_row(row) for row in table.rows],
        "total": _row(table.total),
    }


def as_csv(table: Table) -> bytes:
    """UTF-8, a header of names and codes, one line a row; nothing recorded is an empty cell."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    header = _header(table)
    writer.writerow(header.values())
    for row in table.rows:
        cells = _row(row)
        writer.writerow([harmless(cells[name]) for name in header])
    return written.getvalue().encode()


def as_xlsx(table: Table) -> bytes:
    """A sheet with the rows under the same header, and one that says what they are, with the total."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, PLAIN) as book:
        bold = book.add_format({"bold": True})
        rows, about = book.add_worksheet(_("Numbers")), book.add_worksheet(_("About"))
        header = _header(table)
        rows.freeze_panes(1, 0)
        rows.set_column(0, len(header) - 1, 18)
        rows.write_row(0, 0, header.values(), bold)
        for line, row in enumerate(table.rows, start=1):
            cells = _row(row)
            for column, name in enumerate(header):
                write_cell(rows, line, column, cells[name])
        about.set_column(0, 1, 28)
        for line, words in enumerate(_about(table)):
            for column, word in enumerate(words):
                write_cell(about, line, column, word)
    return written.getvalue()


def records_address(question: Question, metric: Metric) -> str | None:
    """The address of the rows behind a metric's total; None where no collection can be narrowed to just them."""
    amount = metric.amounts[0]
    fact = amount.fact
    if isinstance(metric, Together) or not fact.records or question.hierarchy != Hierarchy.AS_WAS:
        return None
    where = {name: words for name, words in question.written.items() if len(words) == 1}
    if len(where) < len(question.written) or not all(fact.by_name[name].listed for name in where):
        return None
    narrowed = {"division": _division(question), **_times(question, amount), **amount.records}
    narrowed |= {name: words[0] for name, words in where.items()}
    return f"/api/v1/{fact.records}/?{urlencode({name: value for name, value in narrowed.items() if value})}"


def _times(question: Question, amount: Amount) -> dict[str, str | None]:
    if isinstance(amount.fact, Events):
        states = ",".join(amount.fact.states(question.status))
        return {"from": _day(question.period.start), "to": _day(question.period.end), "state": states}
    return {"on": _day(question.as_of)}


def _header(table: Table) -> dict[str, str]:
    """What tells rows apart, in the order asked, then the codes of the metrics; each with its heading, which says what is estimated."""
    names = []
    for name in table.question.by:
        if name in PLACES:
            names += ["division", "division_id", "division_name"]
        else:
            names += [name] if name in GRAINS else [name, f"{name}_name"]
    names += [metric.code for metric in table.question.metrics]
    return {name: _("%(name)s (estimate)") % {"name": name} if name in table.estimated else name for name in names}


def _row(row: Row) -> dict[str, object]:
    values = {code: _number(METRICS[code], value) for code, value in row.values.items()}
    missing = {"not_applicable": sorted(row.not_applicable)} if row.not_applicable else {}
    return {**row.keys, **values, **missing}


def _number(metric: Metric, value: Number | None) -> int | float | str | None:
    """A JSON number; money is text, so that nobody computes with rounded halves of cents."""
    if value is None:
        return None
    if metric.money:
        return f"{value:.2f}"
    return value if isinstance(value, int) else float(value)


def _about(table: Table) -> list[list[object]]:
    question = table.question
    lines: list[list[object]] = [
        [_("From"), _day(question.period.start)],
        [_("To"), _day(question.period.end)],
        [_("Stocks as of"), _day(question.as_of)],
        [_("Division"), _division(question)],
        [_("Computed"), timezone.localtime(question.at).isoformat(timespec="seconds")],
        [],
        [
            _("Code"),
            _("Metric"),
            _("Unit"),
            _("Total"),
            _("Stations reported"),
            _("Stations expected"),
            _("Estimate"),
            _("Definition"),
        ],
    ]
    total = _row(table.total)
    for metric in question.metrics:
        units = table.units[metric.code]
        label, unit, definition = str(metric.label), str(metric.unit), str(metric.definition)
        estimate = _("yes") if metric.code in table.estimated else _("no")
        known = [total[metric.code], units.reported, units.expected, estimate]
        lines.append([metric.code, label, unit, *known, definition])
    return lines


def _division(question: Question) -> str | None:
    asked = question.division
    return asked.code if isinstance(asked, Division) else asked


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
