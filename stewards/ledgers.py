"""The sheets of stewards: how each is read, and the verbs that match, write and take back its rows."""

from __future__ import annotations

from culture_admin.exchange.ledgers import Ledger, register
from stewards.actions.line_ledgers import plan_lines, undo_lines, write_lines
from stewards.actions.steward_ledgers import plan_stewards, undo_stewards, write_stewards
from stewards.sheets import SERVICE_LINES, STEWARDS

register(
    Ledger(
        sheet=STEWARDS,
        power="stewards",
        # What a firm proposes goes over the town; a whole roster is the bureau's.
        verbs=("decide",),
        plan=plan_stewards,
        write=write_stewards,
        undo=undo_stewards,
        known=lambda unit: {},
        remember=lambda unit, answers: None,
    )
)
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
