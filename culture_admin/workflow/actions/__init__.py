"""The verbs of the workflow: perform a step, record an entry, owe and settle, tell and read, enqueue."""

from culture_admin.workflow.actions.deadlines import lapse, owe, owe_each, recompute, settle
from culture_admin.workflow.actions.jobs import enqueue
from culture_admin.workflow.actions.notices import prefer, read_notices
from culture_admin.workflow.actions.performing import StepRefused, follow, perform, record_entries, record_entry

__all__ = [
    "StepRefused",
    "enqueue",
    "follow",
    "lapse",
    "owe",
    "owe_each",
    "perform",
    "prefer",
    "read_notices",
    "recompute",
    "record_entries",
    "record_entry",
    "settle",
]
