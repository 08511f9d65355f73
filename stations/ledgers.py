"""The sheets that bring in facilities, budgets, officers and the facts of a year: how each is read, and the verbs that match, write and take back its rows."""

from __future__ import annotations

from culture_admin.exchange.ledgers import Ledger, register
from stations.actions.budget_ledgers import plan_budget, undo_budget, write_budget
from stations.actions.facility_ledgers import plan_facilities, undo_facilities, write_facilities
from stations.actions.officer_ledgers import plan_officers, undo_officers, write_officers
from stations.actions.yearly_ledgers import plan_facts, undo_facts, write_facts
from stations.sheets import BUDGETS, FACILITIES, OFFICERS, YEARLY_FACTS

register(
    Ledger(
        sheet=FACILITIES,
        power="stations",
        plan=plan_facilities,
        write=write_facilities,
        undo=undo_facilities,
        known=lambda unit: {},
        remember=lambda unit, answers: None,
    )
)
register(
    Ledger(
        sheet=BUDGETS,
        power="stations.budgets",
        plan=plan_budget,
        write=write_budget,
        undo=undo_budget,
        known=lambda unit: {},
        remember=lambda unit, answers: None,
    )
)
register(
    Ledger(
        sheet=OFFICERS,
        power="stations.officers",
        plan=plan_officers,
        write=write_officers,
        undo=undo_officers,
        known=lambda unit: {},
        remember=lambda unit, answers: None,
    )
)
register(
    Ledger(
        sheet=YEARLY_FACTS,
        power="stations.facts",
        # The bureau confirms facts and enters none.
        verbs=("propose",),
        plan=plan_facts,
        write=write_facts,
        undo=undo_facts,
        known=lambda unit: {},
        remember=lambda unit, answers: None,
    )
)
