"""The verbs of the workflow: perform a step, record an entry, owe and settle, enqueue."""

from culture_admin.workflow.actions.deadlines import owe, owe_each, settle
from culture_admin.workflow.actions.jobs import enqueue
from culture_admin.workflow.actions.performing import StepRefused, follow, perform, record_entries, record_entry

__all__ = ["StepRefused", "enqueue", "follow", "owe", "owe_each", "perform", "record_entries", "record_entry", "settle"]
