"""The ledgers a station sends: which sheet each is read by, and the verbs that match, write and take back its rows."""

from __future__ import annotations

from activities.actions.ledgers import known_kinds, plan_activities, remember_kinds, undo_activities, write_activities
from activities.actions.team_ledgers import plan_teams, undo_teams, write_teams
from activities.sheets import ACTIVITIES, TEAMS
from culture_admin.exchange.ledgers import Ledger, register

register(
    Ledger(
        sheet=ACTIVITIES,
        power="activities",
        plan=plan_activities,
        write=write_activities,
        undo=undo_activities,
        known=known_kinds,
        remember=remember_kinds,
    )
)
register(
    Ledger(
        sheet=TEAMS,
        power="activities.teams",
        plan=plan_teams,
        write=write_teams,
        undo=undo_teams,
        known=lambda unit: {},
        remember=lambda unit, answers: None,
    )
)
