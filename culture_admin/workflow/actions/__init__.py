"""The verbs of the workflow: perform a step, record an entry, owe and settle, tell and read, enqueue."""

from culture_admin.workflow.actions.deadlines import Debt, give_time, lapse, owe, owe_all, owe_each, recompute, settle
from culture_admin.workflow.actions.jobs import enqueue
from culture_admin.workflow.actions.notices import prefer, read_notices
from culture_admin.workflow.actions.performing import (
    follow,
    note_on,
    perform,
    record_each,
    record_entries,
    record_entry,
)
from culture_admin.workflow.actions.sets import Taken, perform_each
from culture_admin.workflow.refusals import Reason, StepRefused

__all__ = [
    "Debt",
    "Reason",
    "StepRefused",
    "Taken",
    "enqueue",
    "follow",
    "give_time",
    "lapse",
    "note_on",
    "owe",
    "owe_all",
    "owe_each",
    "perform",
    "perform_each",
    "prefer",
    "read_notices",
    "recompute",
    "record_each",
    "record_entries",
    "record_entry",
    "settle",
]
