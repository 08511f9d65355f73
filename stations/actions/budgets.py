"""Filing a budget or its revision, and what follows when the town commits itself to it: the instalments it owes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.exchange.models import Import
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import follow, owe_each, record_entry, settle
from culture_admin.workflow.models import DUTIES, Duty
from stations.actions.places import Places
from stations.actions.plans import Plan, plan_faults, takes_away
from stations.actions.rows import enter
from stations.models import Budget, BudgetLine, Instalment, Station
from stations.models.budgets import ONCE_IN_FORCE

POWER = "stations.budgets"
DUTY = "stations.instalment"
BASIS = gettext_lazy("Payment plan of the station's budget: paid on schedule")


def propose_budget(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    year: int,
    lines: Sequence[Mapping[str, Any]],
    instalments: Sequence[Mapping[str, Any]],
    document: str,
    reason: str = "",
    batch: Import | None = None,
) -> Budget:
    """Files the budget of a year, or its next revision where one is in force.

    lines: `purpose`, `amount` and `locked` of each; instalments: `due_on` and `amount`; amounts in yuan. What takes something
    away from the budget in force waits for the consent of the bureau before the town can commit itself.
    Raises ValidationError by field, PermissionDenied with the matrix's sentence.
    """
    at = at or timezone.now()
    office, _verb = require(actor.offices, POWER, ("propose", "decide"), path=station.division.path)
    today = timezone.localdate(at)
    plan = Plan.of(lines, instalments)
    with acting(actor):
        # One at a time: what a revision is compared with must stay what it is.
        Station.objects.select_for_update().get(pk=station.pk)
        former = budget_in_force(station, year)
        faults = plan_faults(plan, year, today, former and Plan.of_budget(former))
        if former and not reason.strip():
            faults["reason"] = ValidationError(_("Say why the budget is revised."), code="required")
        if faults:
            raise ValidationError(faults)
        taken = bool(former and takes_away(Plan.of_budget(former), plan))
        budget = _new(station, year, document, reason, actor, at, awaits=taken)
        budget.batch = batch
        enter(budget)
        BudgetLine.objects.bulk_create([BudgetLine(budget=budget, **asdict(line)) for line in plan.lines])
        Instalment.objects.bulk_create(
            [Instalment(budget=budget, number=number, **asdict(one)) for number, one in enumerate(plan.instalments, 1)]
        )
        record_entry(budget, step="register", office=office, actor=actor, at=at)
    return budget


def budget_in_force(station: Station, year: int) -> Budget | None:
    return Budget.objects.committed().of(station, year).prefetch_related("lines", "instalments").first()


def put_in_force(budgets: Sequence[Budget], at: datetime) -> None:
    """The budgets count from now on, and the towns owe their instalments."""
    keys = [budget.pk for budget in budgets]
    Budget.objects.filter(pk__in=keys).update(committed_on=timezone.localdate(at))
    owe_instalments(Instalment.objects.filter(budget__in=keys), at)


def supersede_former(budgets: Sequence[Budget], actor, at: datetime) -> None:
    """What was in force is replaced. Of one station and year there is one in force at any moment."""
    for budget in budgets:
        former = Budget.objects.committed().filter(station=budget.station_id, year=budget.year).exclude(pk=budget.pk)
        act = _("Revision %(number)d is in force.") % {"number": budget.revision}
        for one in follow(former, "supersede", actor=actor, at=at, comment=act):
            settle(list(one.instalments.all()), DUTY, at=at)


def owe_instalments(instalments, at: datetime) -> None:
    """Lets the towns owe what is not paid yet of these instalments."""
    rows = instalments.with_payments().select_related("budget__station__division")
    by_day: dict[date, list[Instalment]] = defaultdict(list)
    for one in rows:
        if one.paid < one.amount:
            by_day[one.due_on].append(one)
    towns = _towns([one.budget.station for ones in by_day.values() for one in ones])
    for due_on, ones in by_day.items():
        debts = [(towns.get(one.budget.station.division_id, one.budget.station_id), one) for one in ones]
        opened_on = min(timezone.localdate(at), due_on)
        owe_each(
            debts, code=DUTY, label=duty_label(ones[0])[:200], opened_on=opened_on, due_on=due_on, basis=str(BASIS)
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing a revision says otherwise; None where one of the two does not have it."""

    what: str
    before: object | None
    after: object | None


def differences(budget: Budget) -> list[Difference]:
    """What a budget says otherwise than the revision before it, in the order it is read; nothing for the original."""
    former = Budget.objects.filter(
        station=budget.station_id, year=budget.year, revision=budget.revision - 1, state__in=ONCE_IN_FORCE
    ).first()
    if former is None:
        return []
    found = []
    before, after = Plan.of_budget(former), Plan.of_budget(budget)
    purposes = {line.purpose: line for line in [*before.lines, *after.lines]}
    for purpose in purposes:
        old, new = before.line(purpose), after.line(purpose)
        label = str(BudgetLine(purpose=purpose).get_purpose_display())
        found.append(Difference(label, old and old.amount, new and new.amount))
        if old and new:
            locked = _("%(purpose)s, earmarked") % {"purpose": label}
            found.append(Difference(locked, *(_("yes") if one.locked else _("no") for one in (old, new))))
    for number in range(max(len(before.instalments), len(after.instalments))):
        old_due, new_due = (
            plan.instalments[number] if number < len(plan.instalments) else None for plan in (before, after)
        )
        name = _("Instalment %(number)d") % {"number": number + 1}
        found.append(Difference(name, old_due and old_due.amount, new_due and new_due.amount))
        if old_due and new_due:
            due = _("Instalment %(number)d, to be paid by") % {"number": number + 1}
            found.append(Difference(due, old_due.due_on, new_due.due_on))
    found.append(Difference(_("Total"), before.total, after.total))
    return [one for one in found if one.before != one.after]


def duty_label(instalment: Instalment) -> str:
    return _("Pay instalment %(number)d of %(year)d to %(station)s: %(amount)s yuan") % {
        "number": instalment.number,
        "year": instalment.budget.year,
        "station": instalment.budget.station,
        "amount": f"{instalment.amount:,.2f}",
    }


DUTIES[DUTY] = Duty(duty_label, BASIS, gettext_lazy("Instalment of a station's budget"))


def _new(station: Station, year: int, document: str, reason: str, actor, at: datetime, *, awaits: bool) -> Budget:
    begins_on = date(year, 1, 1)
    ground = Places().on(station, begins_on)
    last = Budget.objects.of(station, year).filter(state__in=ONCE_IN_FORCE).aggregate(last=Max("revision"))["last"]
    return Budget(
        station=station,
        division_id=ground.division_id,
        county_id=ground.county_id,
        year=year,
        begins_on=begins_on,
        revision=0 if last is None else last + 1,
        document=document,
        reason=reason,
        filed_by=actor,
        filed_at=at,
        state=Budget.State.AWAITING if awaits else Budget.State.PROPOSED,
    )


def _towns(stations: Sequence[Station]) -> dict[int, int]:
    """By division the unit of its government; a town without one in the register owes through its station."""
    rows = Unit.objects.filter(kind=Unit.Kind.TOWN, division__in={station.division_id for station in stations})
    return dict(rows.order_by("pk").values_list("division", "pk"))
