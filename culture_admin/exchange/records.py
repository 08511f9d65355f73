"""What was read from a workbook: the records by column, and everything that has to be said about the rest."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict

from culture_admin.exchange.cells import Cell, Refusal, as_written, quoted
from culture_admin.exchange.layout import Column
from culture_admin.exchange.reader import Worksheet


class FaultyCell(TypedDict):
    """One cell that cannot be read: the sheet's own header word, what is written, what is accepted."""

    column: str | None
    value: str
    code: str
    message: str


class RefusedRow(FaultyCell):
    """A row that is not taken, with its first faulty cell in the order of the declaration; `also` holds the others."""

    row: int
    sheet: str
    also: list[FaultyCell]


class Repeat(TypedDict):
    """A row that says the same as an earlier one, which alone is taken."""

    row: int
    sheet: str
    of: int
    of_sheet: str


class WrongTotal(TypedDict):
    """A written total that is not the sum of the rows taken, both in the sheet's own unit."""

    row: int
    sheet: str
    column: str
    code: str
    message: str
    written: float
    computed: float


class Note(TypedDict):
    """What a person should know and nothing depends on; row is None where it is about the sheet or the file."""

    row: int | None
    sheet: str
    code: str
    message: str


class Question(TypedDict):
    """Asked once and remembered. labels: each choice in words, empty for the codes of a list that has its own names;
    assumed: what holds until somebody answers."""

    id: str
    text: str
    choices: list[str]
    labels: dict[str, str]
    assumed: str


@dataclass
class Records:
    """The rows taken, as equally long columns, and what is said about the others. Rows carry Excel's own numbers.

    words: by field, the header word of the sheet's column that it comes from.
    """

    kind: str
    rows: list[int]
    sheets: list[str]
    values: dict[str, list[Any]]
    totals: dict[str, float]
    words: dict[str, str] = field(default_factory=dict)
    refusals: list[RefusedRow] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)
    warnings: list[WrongTotal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)

    def preview(self) -> dict[str, Any]:
        """The part of an import's preview (CONTRACT.md) that the sheet alone can give."""
        return {
            "counts": {"accepted": len(self), "repeated": len(self.repeats), "refused": len(self.refusals)},
            "totals": self.totals,
            "refusals": self.refusals,
            "repeats": self.repeats,
            "warnings": self.warnings,
            "notes": self.notes,
            "questions": self.questions,
        }


@dataclass
class TotalLine:
    """A line with written totals: its index in the sheet, how many rows of its part stand above it, and what it says.

    cells and units: by column name, what is written and the unit that the header names.
    """

    index: int
    label: str
    above: int
    cells: dict[str, Cell]
    units: dict[str, str]


@dataclass
class Part:
    """The rows of one sheet within a draft: where they begin; by column name, the header words and the cells as written."""

    sheet: Worksheet
    start: int
    words: dict[str, str]
    cells: dict[str, list[Cell]]
    totals: list[TotalLine]


class Draft:
    """All rows of a workbook, column by column, while it is decided which of them are taken.

    values: one list for each field, all of one length; a field whose column no sheet has is None throughout.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.rows: list[int] = []
        self.sheets: list[str] = []
        self.values: dict[str, list[Any]] = {name: [] for column in columns for name in column.fills}
        self.parts: list[Part] = []
        self.faults: dict[int, dict[str, FaultyCell]] = {}
        self.notes: list[Note] = []
        self.questions: dict[str, Question] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, name: str) -> bool:
        """Whether any sheet has this column."""
        return any(name in part.words for part in self.parts)

    @property
    def is_personal(self) -> bool:
        return any(column.hide for column in self.columns)

    def refuse(self, position: int, name: str, refusal: Refusal) -> None:
        """Do not take the row at this position, because of its cell in the column of this name."""
        part = self.parts[bisect_right(self.parts, position, key=lambda part: part.start) - 1]
        self.faults.setdefault(position, {})[name] = {
            "column": part.words.get(name),
            "value": self._shown(name, part.cells[name][position - part.start]) if name in part.cells else "",
            "code": refusal.code,
            "message": refusal.message,
        }

    def note(self, position: int, code: str, message: str) -> None:
        self.notes.append(
            {"row": self.rows[position], "sheet": self.sheets[position], "code": code, "message": message}
        )

    def ask(
        self, question: str, text: str, *, choices: Sequence[str], assumed: str, labels: Mapping[str, str] | None = None
    ) -> None:
        """Ask once, however many sheets raise the question. Without labels the choices are codes of a list."""
        self.questions.setdefault(
            question,
            {"id": question, "text": text, "choices": list(choices), "labels": dict(labels or {}), "assumed": assumed},
        )

    def _shown(self, name: str, cell: Cell) -> str:
        hide = next((column.hide for column in self.columns if column.name == name), None)
        return hide(as_written(cell)) if hide and cell is not None else quoted(cell)

    def refusals(self) -> list[RefusedRow]:
        """The refused rows in the order of the sheets."""
        order = [column.name for column in self.columns]
        refused: list[RefusedRow] = []
        for position in sorted(self.faults):
            faulty = self.faults[position]
            first, *others = [faulty[name] for name in order if name in faulty]
            refused.append({"row": self.rows[position], "sheet": self.sheets[position], **first, "also": others})
        return refused
