"""What was decided, what is owed by when, who is told of it, and what the worker has to do."""

from culture_admin.workflow.models.deadlines import DUTIES, Deadline, Duty
from culture_admin.workflow.models.decisions import Decision
from culture_admin.workflow.models.jobs import Job

__all__ = ["DUTIES", "Deadline", "Decision", "Duty", "Job"]
