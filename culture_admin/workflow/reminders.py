"""Reminders: before, on and after the day something is due, and to the authority above when a unit stays silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from culture_admin.accounts.acting import acting
from culture_admin.workflow.actions.notices import tell_above, tell_debtors
from culture_admin.workflow.models import DUTIES, Deadline, Notice

K = Notice.Kind
AHEAD = 7
# A unit has a week after the day before the authority above hears of it.
SILENT = timedelta(days=7)
PIECE = 1000


def remind(at: datetime) -> int:
    """Tells everybody whose reminder has come and who has not had it; returns how many notices that were.

    May be called at any time and any number of times: a reminder of a due date goes out once, and what a worker missed that
    was away is made good by the next.
    """
    today = timezone.localdate(at)
    due = {
        K.SOON: _soon(today),
        K.TODAY: Deadline.objects.filter(due_on=today),
        K.OVERDUE: Deadline.objects.filter(due_on__lt=today),
    }
    told = sum(_each_piece(_untold(rows, kind), partial(tell_debtors, kind=kind, at=at)) for kind, rows in due.items())
    silent = Deadline.objects.filter(due_on__lte=today - SILENT)
    return told + _each_piece(_untold(silent, K.ESCALATED), partial(tell_above, at=at))


def _soon(today: date) -> QuerySet[Deadline]:
    """What is due within the days that its kind of duty warns ahead, and not today."""
    by_ahead: dict[int, list[str]] = {}
    for code, duty in DUTIES.items():
        by_ahead.setdefault(duty.ahead, []).append(code)
    own = [code for ahead, codes in by_ahead.items() if ahead != AHEAD for code in codes]
    rows = Deadline.objects.filter(due_on__gt=today)
    found = rows.filter(due_on__lte=today + timedelta(days=AHEAD)).exclude(code__in=own)
    for ahead, codes in by_ahead.items():
        if ahead != AHEAD:
            found = found | rows.filter(due_on__lte=today + timedelta(days=ahead), code__in=codes)
    return found


def _untold(rows: QuerySet[Deadline], kind: str) -> QuerySet[Deadline]:
    told = Notice.objects.filter(deadline=OuterRef("pk"), kind=kind, due_on=OuterRef("due_on"))
    return rows.open().exclude(Exists(told)).select_related("unit__division").order_by("pk")


def _each_piece(rows: QuerySet[Deadline], tell: Callable[[list[Deadline]], int]) -> int:
    """Piece by piece in the order of the keys, each in a transaction of its own; what nobody answers for is passed over."""
    told, last = 0, 0
    while piece := list(rows.filter(pk__gt=last)[:PIECE]):
        with acting(None):
            told += tell(piece)
        last = piece[-1].pk
    return told
