"""Owing, settling, and what becomes of what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from culture_admin.accounts.acting import acting
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions.notices import close_notices, tell_debtors
from culture_admin.workflow.calendar import add_working_days
from culture_admin.workflow.models import Deadline, DeadlineMove, Notice


def owe(
    unit: Unit,
    *,
    code: str,
    label: str,
    opened_on: date,
    due_on: date | None = None,
    working_days: int | None = None,
    basis: str = "",
    subject: models.Model | None = None,
    again: bool = False,
) -> Deadline:
    """Says that `unit` owes something by a day, or within so many Chinese working days. Saying it twice is once.

    again: what was settled is owed once more.
    """
    provisional = False
    if due_on is None:
        due_on, provisional = add_working_days(opened_on, working_days or 0)
    deadline, created = Deadline.objects.get_or_create(
        unit=unit,
        code=code,
        due_on=due_on,
        subject_type=ContentType.objects.get_for_model(subject) if subject else None,
        subject_id=subject.pk if subject else None,
        defaults={
            "label": label,
            "basis": basis,
            "opened_on": opened_on,
            "working_days": working_days,
            "provisional": provisional,
        },
    )
    if again and (deadline.settled_at or deadline.lapsed_at):
        deadline.settled_at = deadline.lapsed_at = None
        deadline.save(update_fields=["settled_at", "lapsed_at"])
        Notice.objects.filter(deadline=deadline, kind=Notice.Kind.OWED).update(over_at=None)
    if created:
        tell_debtors([deadline], Notice.Kind.OWED, timezone.now())
    return deadline


@dataclass(frozen=True)
class Debt:
    """What a unit owes about a record by a day, or with `working_days` within so many of them since `opened_on`."""

    unit_id: int
    subject: models.Model
    code: str
    label: str
    opened_on: date
    due_on: date | None = None
    working_days: int | None = None
    basis: str = ""


def owe_all(debts: Iterable[Debt]) -> None:
    """The set-wise form of `owe`, for duties of any kinds and days. A duty that was settled is open again."""
    written = Deadline.objects.bulk_create(
        [_deadline(debt) for debt in debts],
        update_conflicts=True,
        update_fields=["settled_at", "lapsed_at"],
        unique_fields=["unit", "code", "subject_type", "subject_id", "due_on"],
    )
    at = timezone.now()
    # What is owed from a later day on is told by the reminder, when its time comes.
    begun = [deadline.pk for deadline in written if deadline.opened_on <= timezone.localdate(at)]
    if begun:
        owed = Deadline.objects.filter(pk__in=begun).select_related("unit__division")
        tell_debtors(owed, Notice.Kind.OWED, at)


def owe_each(
    debts: Iterable[tuple[int, models.Model]],
    *,
    code: str,
    label: str,
    opened_on: date,
    due_on: date | None = None,
    working_days: int | None = None,
    basis: str = "",
) -> None:
    """`owe_all` for one kind of duty: pairs of a unit's key and the subject, all due on one day."""
    owe_all(Debt(unit_id, subject, code, label, opened_on, due_on, working_days, basis) for unit_id, subject in debts)


def settle(subjects: models.Model | Sequence[models.Model], code: str, *, at: datetime) -> int:
    """Closes what was owed about a record, or about several of one model; returns how many duties that were."""
    about = [subjects] if isinstance(subjects, models.Model) else list(subjects)
    return _close(about, {"settled_at": at}, at, code=code)


def lapse(subjects: Sequence[models.Model], *, at: datetime) -> int:
    """Whatever was owed about records that are struck out is owed no more, and shown as lapsed; returns how many duties."""
    return _close(subjects, {"lapsed_at": at}, at)


def give_time(subjects: Sequence[models.Model], code: str, due_on: date, *, actor, at: datetime) -> int:
    """Moves what is owed about records to a later day, for the reason that more time is given; returns how many duties.

    A due date does not move silently: a row says from when to when and by whom, and the debtor is told.
    """
    if not subjects:
        return 0
    about = Deadline.objects.open().filter(
        subject_type=ContentType.objects.get_for_model(subjects[0]),
        subject_id__in=[subject.pk for subject in subjects],
        code=code,
        due_on__lt=due_on,
    )
    with acting(actor):
        moved = list(about.select_related("unit__division").select_for_update(of=("self",)).order_by("pk"))
        why = {"why": DeadlineMove.Why.MORE_TIME, "to_on": due_on, "at": at, "actor_text": str(actor or "")}
        DeadlineMove.objects.bulk_create(
            DeadlineMove(deadline=deadline, from_on=deadline.due_on, **why) for deadline in moved
        )
        for deadline in moved:
            deadline.due_on, deadline.working_days, deadline.provisional = due_on, None, False
        Deadline.objects.bulk_update(moved, ["due_on", "working_days", "provisional"])
        tell_debtors(moved, Notice.Kind.MOVED, at)
    return len(moved)


def recompute(at: datetime) -> int:
    """Counts clocks again that ran into a year without published holidays; returns how many due dates moved.

    A due date does not move silently: a row says from when to when and why, and the debtor is told.
    """
    moved = []
    with acting(None):
        clocks = Deadline.objects.open().filter(provisional=True, working_days__isnull=False)
        for deadline in clocks.select_related("unit__division").select_for_update(of=("self",)).order_by("pk"):
            due_on, provisional = add_working_days(deadline.opened_on, deadline.working_days or 0)
            if due_on != deadline.due_on:
                DeadlineMove.objects.create(
                    deadline=deadline, from_on=deadline.due_on, to_on=due_on, why=DeadlineMove.Why.HOLIDAYS, at=at
                )
                moved.append(deadline)
            if provisional and due_on == deadline.due_on:
                continue
            deadline.due_on, deadline.provisional = due_on, provisional
            deadline.save(update_fields=["due_on", "provisional"])
        tell_debtors(moved, Notice.Kind.MOVED, at)
    return len(moved)


def _close(subjects: Sequence[models.Model], ended: dict[str, datetime], at: datetime, **which: str) -> int:
    if not subjects:
        return 0
    about = Deadline.objects.open().filter(
        subject_type=ContentType.objects.get_for_model(subjects[0]),
        subject_id__in=[subject.pk for subject in subjects],
        **which,
    )
    closed = list(about.values_list("pk", flat=True))
    if closed:
        Deadline.objects.filter(pk__in=closed).update(**ended)
        close_notices(closed, at)
    return len(closed)


def _deadline(debt: Debt) -> Deadline:
    due_on, provisional = debt.due_on or debt.opened_on, False
    if debt.working_days is not None:
        due_on, provisional = add_working_days(debt.opened_on, debt.working_days)
    return Deadline(
        unit_id=debt.unit_id,
        code=debt.code,
        label=debt.label,
        basis=debt.basis,
        opened_on=debt.opened_on,
        due_on=due_on,
        working_days=debt.working_days,
        provisional=provisional,
        subject_type=ContentType.objects.get_for_model(type(debt.subject)),
        subject_id=debt.subject.pk,
    )
