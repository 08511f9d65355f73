"""A budget as it is written down: its lines and instalments, what is wrong with them, and what a revision takes away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culture_admin.interfaces.money import checked
from stations.models import Budget, Purpose
from stations.models.budgets import FIRST_YEAR

MOST_INSTALMENTS = 24


@dataclass(frozen=True, slots=True)
class Line:
    """What one purpose is given, in yuan, and whether for nothing else."""

    purpose: str
    amount: Decimal
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be paid by a day, in yuan."""

    due_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """The lines of a budget, and its instalments by day."""

    lines: tuple[Line, ...]
    instalments: tuple[Due, ...]

    @classmethod
    def of(cls, lines: Sequence[Mapping[str, Any]], instalments: Sequence[Mapping[str, Any]]) -> Plan:
        """As entered; the instalments in the order of their days."""
        due = [Due(one["due_on"], one["amount"]) for one in instalments]
        return cls(tuple(Line(**line) for line in lines), tuple(sorted(due, key=lambda one: one.due_on)))

    @classmethod
    def of_budget(cls, budget: Budget) -> Plan:
        lines = [Line(line.purpose, line.amount, line.locked) for line in budget.lines.all()]
        due = [Due(one.due_on, one.amount) for one in budget.instalments.all()]
        return cls(tuple(lines), tuple(sorted(due, key=lambda one: one.due_on)))

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def planned(self) -> Decimal:
        return sum((one.amount for one in self.instalments), Decimal(0))

    def line(self, purpose: str) -> Line | None:
        return next((line for line in self.lines if line.purpose == purpose), None)

    def due_by(self, day: date) -> Decimal:
        """What is to be paid up to a day, the day included."""
        return sum((one.amount for one in self.instalments if one.due_on <= day), Decimal(0))


def takes_away(former: Plan, plan: Plan) -> bool:
    """Whether a revision gives less in all, or any of it later than was planned."""
    return plan.total < former.total or any(
        plan.due_by(one.due_on) < former.due_by(one.due_on) for one in former.instalments
    )


def plan_faults(plan: Plan, year: int, today: date, former: Plan | None) -> dict[str, ValidationError]:
    """What is wrong with a plan, by field; what has fallen due stays as it was in the plan before."""
    faults: dict[str, ValidationError] = {}
    if not FIRST_YEAR <= year <= today.year + 1:
        message = _("A year from %(first)d to %(last)d is expected.") % {"first": FIRST_YEAR, "last": today.year + 1}
        return {"year": ValidationError(message, code="year_range")}
    if fault := _line_fault(plan.lines):
        faults["lines"] = fault
    if fault := _instalment_fault(plan.instalments, year):
        faults["instalments"] = fault
    if faults:
        return faults
    if plan.planned != plan.total:
        message = _("The instalments add up to %(planned)s yuan, the lines to %(total)s.") % {
            "planned": f"{plan.planned:,.2f}",
            "total": f"{plan.total:,.2f}",
        }
        faults["instalments"] = ValidationError(message, code="plan_sum")
    elif former:
        standing = [one for one in former.instalments if one.due_on < today]
        kept = plan.instalments[: len(standing)]
        for number, (one, said) in enumerate(zip(standing, (*kept, *[None] * len(standing)), strict=False), 1):
            if one != said:
                message = _("Instalment %(number)d was due on %(day)s: %(amount)s yuan. What has fallen due stays so.")
                values = {"number": number, "day": one.due_on, "amount": f"{one.amount:,.2f}"}
                faults["instalments"] = ValidationError(message % values, code="fallen_due")
                break
    return faults


def _line_fault(lines: Sequence[Line]) -> ValidationError | None:
    if not lines:
        return ValidationError(_("A budget gives something to at least one purpose."), code="required")
    seen = set()
    for line in lines:
        if line.purpose not in Purpose.values:
            message = _("There is no purpose “%(purpose)s”.") % {"purpose": line.purpose}
            return ValidationError(message, code="invalid_choice")
        label = Purpose(line.purpose).label
        if line.purpose in seen:
            message = _("“%(purpose)s” stands twice.") % {"purpose": label}
            return ValidationError(message, code="purpose_twice")
        seen.add(line.purpose)
        if fault := _amount_fault(line.amount, str(label)):
            return fault
    return None


def _instalment_fault(instalments: Sequence[Due], year: int) -> ValidationError | None:
    if not 1 <= len(instalments) <= MOST_INSTALMENTS:
        message = _("A plan has from one to %(most)d instalments.") % {"most": MOST_INSTALMENTS}
        return ValidationError(message, code="instalments_number")
    days = [one.due_on for one in instalments]
    for one in instalments:
        if one.due_on.year != year:
            message = _("%(day)s does not lie in %(year)d.") % {"day": one.due_on, "year": year}
            return ValidationError(message, code="outside_year")
        if days.count(one.due_on) > 1:
            message = _("Two instalments are planned for %(day)s.") % {"day": one.due_on}
            return ValidationError(message, code="day_twice")
        if fault := _amount_fault(one.amount, str(one.due_on)):
            return fault
    return None


def _amount_fault(amount: Decimal, where: str) -> ValidationError | None:
    """Above zero, no finer than a fen, and no more than anybody has."""
    try:
        checked(amount, str(amount))
    except ValidationError as refused:
        return ValidationError(f"{where}: {refused.messages[0]}", code=refused.code)
    if amount <= 0:
        message = _("%(where)s: an amount above zero is expected, read %(amount)s.")
        return ValidationError(message % {"where": where, "amount": amount}, code="amount_positive")
    return None
