"""The month grid: cells as they were typed or pasted, read like a ledger, and what is said beside each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.actions.bulk import log_activities
from activities.actions.ledgers import KIND_QUESTION, plan_activities
from activities.models.bounds import LATE_AFTER
from activities.sheets import ACTIVITIES
from culture_admin.exchange.ledgers import CHANGED, NEW, SAME, Plan
from culture_admin.exchange.reader import Unreadable, Workbook, Worksheet
from culture_admin.exchange.records import Records
from culture_admin.exchange.sheets import read_records
from stations.models import Station

# The columns in order: the name of the input, what stands above it, and the word by which a ledger knows the column.
COLUMNS = (
    ("date", gettext_lazy("Date"), "活动日期"),
    ("title", gettext_lazy("Title"), "活动名称"),
    ("kind", gettext_lazy("Kind"), "活动类型"),
    ("heads", gettext_lazy("People on the spot"), "参加人数"),
    ("hours", gettext_lazy("Class hours"), "课时"),
)
WORDS = [word for _name, _label, word in COLUMNS]
NAMES = [name for name, _label, _word in COLUMNS]
REQUIRED = {"date": gettext_lazy("Say on which day it was."), "title": gettext_lazy("Write what it was.")}
ROWS, MORE, MOST = 10, 10, 300
# What the ledger is called where its reader speaks of it.
SHEET = "月度登记"


@dataclass
class Cell:
    """One cell: its input's name, the column's label, what is written in it, and what is wrong with it."""

    name: str
    label: object
    written: str
    fault: str = ""


@dataclass
class Line:
    """One row: its cells, and what is said about it as a whole."""

    number: int
    cells: list[Cell]
    faults: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def empty(self) -> bool:
        return not any(cell.written for cell in self.cells)

    @property
    def faulty(self) -> bool:
        return bool(self.faults) or any(cell.fault for cell in self.cells)


class Grid:
    """The rows of the page; after `read` with their faults, and what would be stored."""

    def __init__(self, rows: Sequence[Sequence[str]], number: int = ROWS) -> None:
        self.lines = [
            Line(
                index,
                [
                    Cell(f"{name}-{index}", label, row[position] if position < len(row) else "")
                    for position, (name, label, _word) in enumerate(COLUMNS)
                ],
            )
            for index, row in enumerate([*rows, *[()] * (number - len(rows))])
        ]
        self.plan: Plan | None = None
        self.late = False
        self.refused = ""

    @classmethod
    def posted(cls, data: Mapping[str, str], number: int) -> Grid:
        """The cells as they came with the form."""
        return cls(
            [[data.get(f"{name}-{index}", "").strip() for name, _label, _word in COLUMNS] for index in range(number)],
            number,
        )

    @property
    def filled(self) -> list[Line]:
        return [line for line in self.lines if not line.empty]

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.lines if line.faulty]

    @property
    def good(self) -> int:
        """How many rows can be stored."""
        return len(self.plan.positions(NEW)) if self.plan else 0

    def read(self, station: Station, actor, at: datetime, first: date) -> None:
        """Reads the cells by the definition of a ledger, all faults in one pass."""
        today = timezone.localdate(at)
        columns = [[word, *[line.cells[at_].written or None for line in self.lines]] for at_, word in enumerate(WORDS)]
        sheet = Worksheet(f"{first.year}年{first.month}月", columns)
        try:
            records = read_records(Workbook(SHEET, [sheet]), ACTIVITIES)
        except Unreadable as refused:
            self.refused = str(refused.message)
            return
        self._tell_refusals(records.refusals)
        self._tell_questions(records)
        plan = plan_activities(records, station.unit, actor, {}, today)
        self._tell_refusals(plan.refusals)
        self._tell_known(plan)
        for repeat in records.repeats:
            self._line(repeat["row"]).faults.append(_("The same as row %(row)d.") % {"row": repeat["of"] - 1})
        self._tell_unread({*records.rows, *(repeat["row"] for repeat in records.repeats)})
        bad = {line.number for line in self.faulty}
        plan.status = [
            None if self._line(row).number in bad else status
            for row, status in zip(records.rows, plan.status, strict=True)
        ]
        self.plan = plan
        days = [plan.columns["ends_on"][position] for position in plan.positions(NEW)]
        self.late = any(today - day > LATE_AFTER for day in days)

    def store(self, station: Station, actor, at: datetime, late_reason: str) -> int:
        """Logs the good rows in one transaction; returns how many."""
        assert self.plan
        new = self.plan.positions(NEW)
        columns = {name: [column[position] for position in new] for name, column in self.plan.columns.items()}
        log_activities(actor=actor, at=at, station=station, columns=columns | {"late_reason": [late_reason] * len(new)})
        return len(new)

    def left(self) -> Grid:
        """What is not stored: the faulty rows, to be mended."""
        rows = [[cell.written for cell in line.cells] for line in self.faulty]
        return Grid(rows, max(ROWS, len(rows)))

    def _line(self, row: int) -> Line:
        """The line of a sheet's row, of which the first is the header."""
        return self.lines[row - 2]

    def _tell_refusals(self, refusals: Sequence[Mapping]) -> None:
        for refusal in refusals:
            line = self._line(refusal["row"])
            for fault in (refusal, *refusal["also"]):
                cell = line.cells[WORDS.index(fault["column"])] if fault["column"] in WORDS else None
                if cell is None:
                    line.faults.append(fault["message"])
                elif not cell.fault:
                    cell.fault = fault["message"]

    def _tell_unread(self, read: set[int]) -> None:
        """A ledger passes over lines that are no records; here every line that is filled in is meant as one."""
        for line in self.filled:
            if line.number + 2 in read or line.faulty:
                continue
            for name, message in REQUIRED.items():
                cell = line.cells[NAMES.index(name)]
                cell.fault = cell.fault or ("" if cell.written else str(message))
            if not line.faulty:
                line.faults.append(_("This line reads like a heading or a total."))

    def _tell_questions(self, records: Records) -> None:
        """A ledger asks once what a word for a kind means; here the cell itself says it better."""
        asked = {question["id"].removeprefix(KIND_QUESTION) for question in records.questions}
        place = WORDS.index("活动类型")
        for line in self.filled:
            if line.cells[place].written in asked:
                line.cells[place].fault = _("No kind of activity is called so; choose one of the list.")

    def _tell_known(self, plan: Plan) -> None:
        for row, status in zip(plan.records.rows, plan.status, strict=True):
            if status == SAME:
                self._line(row).note = _("Logged already; it is not logged twice.")
            elif status == CHANGED:
                self._line(row).faults.append(
                    _("An activity of this title is logged on this day already; correct it in the list.")
                )
        for note in plan.notes:
            if note["code"] == "closed_month" and note["row"]:
                self._line(note["row"]).note = note["message"]


def pasted(text: str) -> list[list[str]]:
    """The rows of a block copied from a sheet: cells between tabs, the columns in the order of the grid.

    A first line of the ledger's own header words brings the columns into that order.
    """
    rows = [[cell.strip() for cell in line.split("\t")] for line in text.replace("\r", "").split("\n") if line.strip()]
    if not rows or not set(rows[0]) & HEADINGS.keys():
        return rows
    order = [HEADINGS.get(cell) for cell in rows[0]]
    return [
        [next((row[at] for at, name in enumerate(order) if name == wanted and at < len(row)), "") for wanted in NAMES]
        for row in rows[1:]
    ]


_OF_SHEET = {"date": "date", "title": "title", "kind": "kind", "attendance": "heads", "class_hours": "hours"}
HEADINGS = {
    word: _OF_SHEET[column.name] for column in ACTIVITIES.columns if column.name in _OF_SHEET for word in column.words
}
