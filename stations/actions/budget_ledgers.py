"""A budget as a sheet: compared with the budget in force, filed as its original or its next revision, and withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culture_admin.exchange.cells.money import FEN_IN_YUAN
from culture_admin.exchange.ledgers import CHANGED, NEW, SAME
from culture_admin.exchange.ledgers import Plan as Matched
from culture_admin.exchange.models import Import
from culture_admin.exchange.records import Records
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import StepRefused, perform
from stations.actions.budgets import budget_in_force, propose_budget
from stations.actions.plans import Plan, plan_faults
from stations.models import Budget, Station
from stations.models.budgets import OPEN

LONGEST_DOCUMENT = 120


def plan_budget(records: Records, unit: Unit, actor, answers: Mapping[str, str], today: date) -> Matched:
    """Compares what the sheet says of each purpose and each day with the budget in force."""
    columns = {name: list(records.values[name]) for name in ("purpose", "due_on", "fen", "locked")}
    matched = Matched(records, [NEW] * len(records), [None] * len(records), columns)
    station = Station.objects.select_related("division", "county").get(pk=unit.pk)
    entries = _entries(matched)
    year = _year_of(entries, today)
    plan = Plan.of(entries["lines"], entries["instalments"])
    budget = budget_in_force(station, year)
    former = Plan.of_budget(budget) if budget else None
    for position in range(len(records)):
        matched.status[position] = _status(matched, position, plan, former)
    unchanged = former and set(former.lines) == set(plan.lines) and former.instalments == plan.instalments
    for field, fault in ({} if unchanged else plan_faults(plan, year, today, former)).items():
        message = " ".join(ValidationError(fault).messages)
        matched.notes.append({"row": None, "sheet": "", "code": f"{field}_refused", "message": message})
    if former and not unchanged:
        message = _("A budget of %(year)d is in force; this becomes its next revision.") % {"year": year}
        matched.notes.append({"row": None, "sheet": "", "code": "revision", "message": message})
    return matched


def write_budget(matched: Matched, batch: Import, actor, at: datetime) -> int:
    """Files the budget that the rows make together, if they say anything new; returns how many rows that are."""
    changed = matched.positions(NEW) + matched.positions(CHANGED)
    station = Station.objects.select_related("division", "county", "unit").get(pk=batch.unit_id)
    entries = _entries(matched)
    year = _year_of(entries, at.date())
    budget = budget_in_force(station, year)
    plan = Plan.of(entries["lines"], entries["instalments"])
    if budget and not changed and Plan.of_budget(budget).total == plan.total:
        return 0
    filed = propose_budget(
        actor=actor,
        at=at,
        station=station,
        year=year,
        document=PurePath(batch.file_name).stem[:LONGEST_DOCUMENT],
        reason=_("From a sheet: %(file)s") % {"file": batch.file_name} if budget else "",
        batch=batch,
        **entries,
    )
    return filed.lines.count() + filed.instalments.count()


def undo_budget(batch: Import, actor, at: datetime) -> int:
    """Withdraws the budget that the import filed, as long as nobody has decided on it."""
    filed = list(Budget.objects.filter(batch=batch).exclude(state=Budget.State.WITHDRAWN))
    if any(budget.state not in OPEN for budget in filed):
        raise StepRefused("touched_since", _("The budget was decided on after the import."))
    perform(filed, "withdraw", actor=actor, comment=_("Import undone: %(file)s") % {"file": batch.file_name}, at=at)
    return len(filed)


def _entries(matched: Matched) -> dict[str, list[dict[str, Any]]]:
    """The lines and the instalments that the rows make: what stands in several rows is added up."""
    columns = matched.columns
    lines: dict[str, dict[str, Any]] = {}
    due: dict[date, Decimal] = {}
    rows = zip(columns["purpose"], columns["due_on"], columns["fen"], columns["locked"], strict=True)
    for purpose, day, amount, locked in rows:
        yuan = Decimal(amount) / FEN_IN_YUAN
        if purpose:
            line = lines.setdefault(purpose, {"purpose": purpose, "amount": Decimal(0), "locked": False})
            line["amount"] += yuan
            line["locked"] |= bool(locked)
        if day:
            due[day] = due.get(day, Decimal(0)) + yuan
    instalments = [{"due_on": day, "amount": amount} for day, amount in sorted(due.items())]
    return {"lines": list(lines.values()), "instalments": instalments}


def _year_of(entries: Mapping[str, list[dict[str, Any]]], today: date) -> int:
    """The year of the first instalment; a sheet without days is told so when the plan is checked."""
    return entries["instalments"][0]["due_on"].year if entries["instalments"] else today.year


def _status(matched: Matched, position: int, plan: Plan, former: Plan | None) -> str:
    """What the row says of its purpose and its day beside the budget in force."""
    if former is None:
        return NEW
    purpose, day = (matched.columns[name][position] for name in ("purpose", "due_on"))
    found = []
    if purpose:
        found.append((former.line(purpose), plan.line(purpose)))
    if day:
        found.append(tuple(next((one for one in of.instalments if one.due_on == day), None) for of in (former, plan)))
    if all(before == after for before, after in found):
        return SAME
    return NEW if all(before is None for before, _after in found) else CHANGED
