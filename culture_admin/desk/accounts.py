"""What the page of a station's money shows: figures, plan against payment, purposes, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from culture_admin.desk.charts import Chart, bars
from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.statistics.register import METRICS
from culture_admin.statistics.tallies import Number
from stations.models import Budget, BudgetLine, Finding, Instalment, Purpose, Station

MONEY = (
    "stations.budget",
    "stations.paid",
    "stations.paid_on_time_rate",
    "stations.spending",
    "stations.spending_per_resident",
)
SHARES = {"stations.paid_on_time_rate"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of the year: its label and unit, and its value; None where nothing is recorded."""

    label: object
    unit: object
    value: Number | None
    is_share: bool


@dataclass(frozen=True, slots=True)
class Paid:
    """One instalment beside what was paid of it; `late` in days, still running where something is owed."""

    row: Instalment
    late: int
    is_owed: bool


@dataclass(frozen=True, slots=True)
class Spent:
    """One purpose: the line of the budget, None for a purpose that was given nothing, and what was spent."""

    label: object
    line: BudgetLine | None
    spent: Decimal


@dataclass(frozen=True)
class Account:
    """The money of a station in a year."""

    budget: Budget | None
    figures: list[Figure]
    instalments: list[Paid]
    chart: Chart
    purposes: list[Spent]
    findings: list[Finding]


def account_of(user, station: Station, year: int, today: date) -> Account:
    """Figures by the statistics, rows by the registers, as far as the user may see them."""
    period, where = Period.parse(str(year)), {"division": station.division}
    totals = read(MONEY, user=user, period=period, where=where).total.values
    by_purpose = read("stations.spending", user=user, by=["purpose"], period=period, where=where)
    spent = {row.keys["purpose"]: Decimal(row.values["stations.spending"] or 0) for row in by_purpose.rows}
    budget = Budget.objects.visible_to(user).committed().of(station, year).with_totals().first()
    lines = list(BudgetLine.objects.filter(budget=budget).with_account().order_by("pk")) if budget else []
    planned = list(Instalment.objects.filter(budget=budget).with_payments().order_by("number")) if budget else []
    beside = [purpose for purpose in Purpose if spent.get(purpose) and purpose not in {line.purpose for line in lines}]
    return Account(
        budget=budget,
        figures=[Figure(METRICS[code].label, METRICS[code].unit, totals[code], code in SHARES) for code in MONEY],
        instalments=[Paid(one, one.days_late(today), one.paid < one.amount) for one in planned],
        chart=bars([(f"{one.due_on.month}/{one.due_on.day}", one.paid, one.amount) for one in planned]),
        purposes=[
            *(Spent(line.get_purpose_display(), line, line.spent) for line in lines),
            *(Spent(purpose.label, None, spent[purpose]) for purpose in beside),
        ],
        findings=list(Finding.objects.visible_to(user).pending().filter(station=station, kind=Finding.Kind.PURPOSE)),
    )
