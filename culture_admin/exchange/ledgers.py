"""Kinds of ledger: how the rows of each are matched to what exists, written, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from culture_admin.exchange.models import Import
from culture_admin.exchange.records import Note, Records, RefusedRow
from culture_admin.exchange.sheets import Sheet
from culture_admin.interfaces.permissions import WRITERS
from culture_admin.territory.models import Unit

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass
class Plan:
    """What an import would do: for each record of the sheet one of NEW, CHANGED, SAME, or None where it is refused.

    existing: the key of the row that a changed or equal record stands for. columns: the values as the app writes them.
    """

    records: Records
    status: list[str | None]
    existing: list[int | None]
    columns: dict[str, list[Any]]
    refusals: list[RefusedRow] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def positions(self, status: str) -> list[int]:
        return [position for position, found in enumerate(self.status) if found == status]

    def note(self, position: int, code: str, message: str) -> None:
        """Says something of a row that does not refuse it."""
        row, sheet = self.records.rows[position], self.records.sheets[position]
        self.notes.append({"row": row, "sheet": sheet, "code": code, "message": message})


@dataclass(frozen=True)
class Ledger:
    """A kind of ledger, declared by the app that owns its rows.

    power, verbs: the line of the matrix, and what one has to have of it to bring its rows in.
    plan(records, unit, actor, answers, today): matches what was read to what exists; writes nothing.
    write(plan, batch, actor, at): writes the new and changed rows; returns their number.
    undo(batch, actor, at): takes back what the import wrote; returns the number of rows.
    known(unit): the answers this station gave before; remember(unit, answers): keeps those it gave now.
    """

    sheet: Sheet
    power: str
    plan: Callable[[Records, Unit, Any, Mapping[str, str], date], Plan]
    write: Callable[[Plan, Import, Any, datetime], int]
    undo: Callable[[Import, Any, datetime], int]
    known: Callable[[Unit], dict[str, str]]
    remember: Callable[[Unit, Mapping[str, str]], None]
    verbs: Sequence[str] = WRITERS


LEDGERS: dict[str, Ledger] = {}


def register(ledger: Ledger) -> Ledger:
    """Puts a kind of ledger into the register; an app does this once in its sheets.py."""
    LEDGERS[ledger.sheet.kind] = ledger
    return ledger
