"""Numbers of money: what was budgeted, paid and spent, and whether it was paid on time. They are added up in whole fen."""

from __future__ import annotations

from django.db.models import BigIntegerField, F, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.register import ROWS, Choice, Events, flow, ratio, together, total
from stations.models import Appropriation, BudgetLine, Instalment, Purpose, Spending
from stations.models.budgets import OPEN, OfBudget, paid_in_time

FEN = 100
PURPOSE = Choice("purpose", "purpose", Purpose)
YUAN = _("yuan")


def fen(amount: Combinable) -> Cast:
    """An amount of yuan as a whole number of fen."""
    return Cast(amount * FEN, BigIntegerField())


def of_budgets(**declared) -> Events:
    """Rows of budgets; a revision counts in the place of what it replaced."""
    return Events(
        division="budget__division",
        county="budget__county",
        station="budget__station",
        state="budget__state",
        joins=("budget",),
        counted=[OfBudget.COMMITTED],
        recorded=[OfBudget.COMMITTED, *OPEN],
        **declared,
    )


OF_LINES = of_budgets(
    model=BudgetLine, date="budget__begins_on", dimensions=(PURPOSE,), columns={"fen": fen(F("amount"))}
)
OF_INSTALMENTS = of_budgets(
    model=Instalment,
    date="due_on",
    past=True,
    columns={"fen": fen(F("amount")), "fen_in_time": fen(paid_in_time())},
)
OF_PAYMENTS = Events(
    model=Appropriation, date="counted_on", state="", columns={"fen": fen(F("amount"))}, records="appropriations"
)
OF_SPENDING = Events(
    model=Spending,
    date="counted_on",
    state="",
    dimensions=(PURPOSE,),
    columns={"fen": fen(F("amount"))},
    records="spendings",
)
MONEY = {"per": FEN, "money": True, "unit": YUAN}

BUDGET = flow(
    "stations.budget",
    total("fen"),
    of=OF_LINES,
    label=_("Budget of stations"),
    definition=_("What the budgets in force give for the year, by their latest revision; counted on its first day."),
    **MONEY,
)
PAID = flow(
    "stations.paid",
    total("fen"),
    of=OF_PAYMENTS,
    label=_("Paid to stations"),
    definition=_(
        "Payments of towns to their stations, entries taken back left out. What is paid after the end of the budget year counts"
        " on its last day."
    ),
    **MONEY,
)
DUE = flow(
    "stations.due",
    total("fen"),
    of=OF_INSTALMENTS,
    label=_("Payments fallen due"),
    definition=_("Instalments of the budgets in force whose day is over."),
    **MONEY,
)
PAID_IN_TIME = flow(
    "stations.paid_in_time",
    total("fen_in_time"),
    of=OF_INSTALMENTS,
    label=_("Paid by the planned day"),
    definition=_("What of the instalments whose day is over was paid by that day, of each no more than was planned."),
    **MONEY,
)
ratio(
    "stations.paid_on_time_rate",
    PAID_IN_TIME.code,
    DUE.code,
    decimals=4,
    label=_("Paid on time"),
    unit=_("share of what fell due"),
    definition=_("What was paid by the planned day, divided by what had fallen due."),
)
SPENDING = flow(
    "stations.spending",
    total("fen"),
    of=OF_SPENDING,
    label=_("Spending of stations"),
    definition=_(
        "What stations spent, entries taken back left out. What is spent after the end of the budget year counts on its last day."
    ),
    **MONEY,
)
ratio(
    "stations.spending_per_resident",
    SPENDING.code,
    "territory.residents",
    money=True,
    label=_("Spending per resident"),
    unit=_("yuan per resident"),
    definition=_("What stations spent in the period, divided by the residents at its end."),
)

LATE_PAYMENTS = flow(
    "stations.backdated_payments",
    ROWS,
    of=OF_PAYMENTS,
    only=lambda: Q(late=True),
    records={"late": "true"},
    label=_("Payments entered late"),
    unit=_("entries"),
    definition=_("Payments entered more days after they were made than the place allows."),
)
LATE_SPENDING = flow(
    "stations.backdated_spendings",
    ROWS,
    of=OF_SPENDING,
    only=lambda: Q(late=True),
    records={"late": "true"},
    label=_("Spendings entered late"),
    unit=_("entries"),
    definition=_("Spendings entered more days after they were made than the place allows."),
)
together(
    "stations.backdated",
    LATE_PAYMENTS.code,
    LATE_SPENDING.code,
    label=_("Money entered late"),
    unit=_("entries"),
    definition=_("Payments and spendings entered more days after they were made than the place allows."),
)
