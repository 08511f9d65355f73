"""What waits for a user: records on which he may take a waiting step, and what his units owe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from culture_admin.workflow.models import Deadline
from culture_admin.workflow.steps import FLOWS


@dataclass(frozen=True, slots=True)
class Waiting:
    """Records of one model that wait for one step of this user."""

    model: str
    label: object
    step: str
    step_label: object
    records: QuerySet


def waiting(user) -> list[Waiting]:
    """One entry per model and step that may have work; the records are lazy and oldest first."""
    return [
        Waiting(
            model=flow.model._meta.label_lower,
            label=flow.model._meta.verbose_name_plural,
            step=name,
            step_label=step.label,
            records=flow.model.objects.visible_to(user, step.verb).filter(state__in=step.sources).order_by("pk"),
        )
        for flow in FLOWS.values()
        for name, step in flow.steps.items()
        if step.waits
    ]


def owed(user, until: date) -> QuerySet[Deadline]:
    """Open deadlines of the user's units and those below them, due up to a day; overdue ones first."""
    return Deadline.objects.visible_to(user).open().filter(due_on__lte=until).select_related("unit")
