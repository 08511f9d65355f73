"""Owing and settling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models

from culture_admin.territory.models import Unit
from culture_admin.workflow.calendar import add_working_days
from culture_admin.workflow.models import Deadline


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
    deadline, _created = Deadline.objects.get_or_create(
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
    if again and deadline.settled_at:
        deadline.settled_at = None
        deadline.save(update_fields=["settled_at"])
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
    """The set-wise form of `owe`. A duty that was settled is open again."""
    Deadline.objects.bulk_create(
        [_deadline(debt) for debt in debts],
        update_conflicts=True,
        update_fields=["settled_at"],
        unique_fields=["unit", "code", "subject_type", "subject_id", "due_on"],
    )


def owe_each(
    debts: Iterable[tuple[int, models.Model]], *, code: str, label: str, opened_on: date, due_on: date, basis: str = ""
) -> None:
    """`owe_all` for one kind of duty: pairs of a unit's key and the subject, all due on one day."""
    owe_all(Debt(unit_id, subject, code, label, opened_on, due_on, basis=basis) for unit_id, subject in debts)


def settle(subjects: models.Model | Sequence[models.Model], code: str, *, at: datetime) -> int:
    """Closes what was owed about a record, or about several of one model; returns how many duties that were."""
    about = [subjects] if isinstance(subjects, models.Model) else list(subjects)
    if not about:
        return 0
    return (
        Deadline.objects.open()
        .filter(
            subject_type=ContentType.objects.get_for_model(about[0]),
            subject_id__in=[subject.pk for subject in about],
            code=code,
        )
        .update(settled_at=at)
    )


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
