"""What was decided, what is owed by when, who is told of it, and what the worker has to do."""

from culture_admin.workflow.models.deadlines import DUTIES, Deadline, DeadlineMove, Duty, Standing
from culture_admin.workflow.models.decisions import Decision
from culture_admin.workflow.models.filed import Filed
from culture_admin.workflow.models.jobs import Job
from culture_admin.workflow.models.notices import Carried, Channel, Contact, Message, Notice, NoticeRead, Preference

__all__ = [
    "DUTIES",
    "Carried",
    "Channel",
    "Contact",
    "Deadline",
    "DeadlineMove",
    "Decision",
    "Duty",
    "Filed",
    "Job",
    "Message",
    "Notice",
    "NoticeRead",
    "Preference",
    "Standing",
]
