"""The tasks of a reader: records that wait for his step, and what his units owe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.interfaces.permissions import may_write
from culture_admin.workflow.explaining import Button
from culture_admin.workflow.inbox import oldest, owed, own_duties, waiting
from culture_admin.workflow.steps import FLOWS

SHOWN = 20
AHEAD = timedelta(days=31)


@dataclass(frozen=True)
class Task:
    """One record that waits, with the everyday steps open to the reader, and why that for which it waits is not."""

    record: Model
    place: str
    address: str
    step_name: str
    buttons: list[Button]
    why_not: str


@dataclass(frozen=True)
class Pile:
    """Records of one model that wait for one step, the oldest first, as far as they are shown."""

    label: object
    step_label: object
    tasks: list[Task]
    more: bool
    all_of_them: str


def piles(request: HttpRequest, shown: int = SHOWN) -> list[Pile]:
    """What waits for the reader; a pile of which nothing waits is left out."""
    found = []
    for pile, keys in oldest(waiting(request.user), shown + 1):
        model = apps.get_model(pile.model)
        room, flow = admin.site.get_model_admin(model), FLOWS[model]
        rows = model._default_manager.filter(pk__in=keys[:shown]).order_by("pk")
        # The buttons ask the rules, which look at what belongs to a record.
        records = list(rows.select_related(*room.joins, *flow.related).prefetch_related(*flow.fetched))
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        tasks = [_task(request, room, record, name, pile.step) for record in records]
        everything = f"{reverse(f'admin:{name}_changelist')}?state={records[0].state}"
        found.append(Pile(pile.label, pile.step_label, tasks, len(keys) > shown, everything))
    return found


def deadlines(user, today: date) -> dict[str, object]:
    """What is owed within a month, and what is late, the nearest first: what is the reader's to meet, and what others owe."""
    due, own = owed(user, today + AHEAD), own_duties(user)
    return {
        "deadlines": list(due.filter(own)[:SHOWN]),
        "deadlines_of_others": list(due.exclude(own)[:SHOWN]),
        "sees_deadlines": bool(may_write(user, "deadlines", ("see",))),
    }


def page(request: HttpRequest, context: dict) -> HttpResponse:
    today = timezone.localdate()
    context |= {
        "title": _("Tasks"),
        "piles": piles(request),
        **deadlines(request.user, today),
        "today": today,
    }
    return TemplateResponse(request, "bureau/tasks.html", context)


def _task(request: HttpRequest, room, record: Model, name: str, step: str) -> Task:
    every = room.buttons(request, record)
    # What cannot be taken back is done on the record's own page.
    everyday = [button for button in every if not (button.obstacle or button.step.danger)]
    return Task(
        record=record,
        place=str(getattr(record, "station", "") or ""),
        address=reverse(f"admin:{name}_change", args=[record.pk]),
        step_name=f"admin:{name}_step",
        buttons=everyday,
        why_not=next((button.reason for button in every if button.name == step), ""),
    )
