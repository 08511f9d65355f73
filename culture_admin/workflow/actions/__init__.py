"""The verbs of the workflow: perform a step, record an entry, owe and settle, enqueue."""

from culture_admin.workflow.actions.deadlines import Debt, owe, owe_all, owe_each, settle
from culture_admin.workflow.actions.jobs import enqueue
from culture_admin.workflow.actions.performing import (
    StepRefused,
    follow,
    perform,
    record_each,
    record_entries,
    record_entry,
)
from culture_admin.workflow.actions.sets import Taken, perform_each

__all__ = [
    "Debt",
    "StepRefused",
    "Taken",
    "enqueue",
    "follow",
    "owe",
    "owe_all",
    "owe_each",
    "perform",
    "perform_each",
    "record_each",
    "record_entries",
    "record_entry",
    "settle",
]
