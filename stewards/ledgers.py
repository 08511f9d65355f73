"""The sheets that bring in service lists: how each is read, and the verbs that match, write and take back its rows."""

from __future__ import annotations

from culture_admin.exchange.ledgers import Ledger, register
from stewards.actions.line_ledgers import plan_lines, undo_lines, write_lines
from stewards.sheets import SERVICE_LINES

register(
    Ledger(
        sheet=SERVICE_LINES,
        power="stewards.contracts",
        verbs=("decide",),
        plan=plan_lines,
        write=write_lines,
        undo=undo_lines,
        known=lambda unit: {},
        remember=lambda unit, answers: None,
    )
)
