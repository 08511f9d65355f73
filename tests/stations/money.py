"""A budget of the east station and what is paid and spent of it, built through the verbs, for the tests of money."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from culture_admin.statistics.periods import Period
from culture_admin.statistics.reading import read
from culture_admin.workflow.actions import perform
from culture_admin.workflow.models import Deadline
from stations.actions import enter_payment, propose_budget, record_spending
from stations.models import Appropriation, Budget, Instalment, Spending
from tests.district import NOW, District

YEAR = NOW.year
WHOLE_YEAR = Period.parse(str(YEAR))
MARCH, JUNE, SEPTEMBER = date(YEAR, 3, 31), date(YEAR, 6, 30), date(YEAR, 9, 30)
LINES = {"activities": 60_000, "creation": 30_000, "training": 10_000}
DUE = {(3, 31): 40_000, (6, 30): 30_000, (9, 30): 30_000}


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def lines(locked=("creation",), **amounts) -> list[dict]:
    return [
        {"purpose": purpose, "amount": Decimal(amount), "locked": purpose in locked}
        for purpose, amount in (amounts or LINES).items()
    ]


def instalments(due=None, year=YEAR) -> list[dict]:
    return [
        {"due_on": date(year, month, day), "amount": Decimal(amount)} for (month, day), amount in (due or DUE).items()
    ]


def proposed(district: District, **entries) -> Budget:
    values = {
        "actor": district.station_head_east,
        "at": noon(date(YEAR, 1, 10)),
        "station": district.east,
        "year": YEAR,
        "lines": lines(),
        "instalments": instalments(),
        "document": "东政〔2026〕1号",
    }
    return propose_budget(**(values | entries))


def budgeted(district: District, **entries) -> Budget:
    """A budget in force since January."""
    budget = proposed(district, **entries)
    at = entries.get("at", noon(date(YEAR, 1, 10)))
    perform(budget, "commit", actor=getattr(district, f"town_officer_{name_of(district, budget)}"), at=at)
    return budget


def name_of(district: District, budget: Budget) -> str:
    return "west" if budget.station_id == district.west.pk else "east"


def instalment(budget: Budget, number: int) -> Instalment:
    return budget.instalments.get(number=number)


def paid(district: District, amount, day: date, of: Instalment | None = None, **entries) -> Appropriation:
    values = {
        "actor": district.town_officer_east,
        "at": noon(day),
        "station": district.east,
        "year": YEAR,
        "amount": Decimal(amount),
        "on": day,
        "document": "拨款凭证1号",
        "instalment": of,
    }
    return enter_payment(**(values | entries))


def spent(district: District, amount, day: date = date(YEAR, 4, 1), purpose="activities", **entries) -> Spending:
    values = {
        "actor": district.station_head_east,
        "at": noon(day),
        "station": district.east,
        "year": YEAR,
        "purpose": purpose,
        "amount": Decimal(amount),
        "on": day,
        "document": "发票1号",
    }
    return record_spending(**(values | entries))


def number(metric: str, at=NOW, period=WHOLE_YEAR, **where):
    return read(metric, period=period, where=where, at=at).total.values[metric]


def duties() -> list[tuple[date, bool]]:
    rows = Deadline.objects.filter(code="stations.instalment").order_by("due_on", "id")
    return [(duty.due_on, duty.settled_at is None) for duty in rows]


def refused(field: str, code: str, verb, *args, **entries) -> None:
    with pytest.raises(ValidationError) as error:
        verb(*args, **entries)
    assert {name: faults[0].code for name, faults in error.value.error_dict.items()} == {field: code}
