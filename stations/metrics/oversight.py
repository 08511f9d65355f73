"""Numbers of safety checks, complaints and the facts of the year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Case, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culture_admin.statistics.register import ROWS, Choice, Events, Levels, Reporting, flow, stock, total
from stations.metrics.money import FEN, MONEY
from stations.metrics.rows import grade_of
from stations.models import Complaint, SafetyCheck, YearlyFacts
from stations.models.yearly import EXPENDITURE, INCOME

VALID = (SafetyCheck.State.VALID,)
STANDING = tuple(state for state in Complaint.State if state != Complaint.State.VOID)


def _lines(names: Sequence[str]) -> Case:
    """The sum of lines of yuan in whole fen; NULL where none of them is recorded."""
    recorded = [Coalesce(F(name), Value(Decimal(0))) for name in names]
    summed: Any = recorded[0]
    for one in recorded[1:]:
        summed = summed + one
    nothing = Q(**{f"{name}__isnull": True for name in names})
    return Case(When(nothing, then=None), default=Cast(summed * FEN, BigIntegerField()))


def not_newest(rows: Sequence[YearlyFacts], day: date) -> dict[int, tuple[str, object]]:
    """Confirmed facts of a year that was not over yet, or in whose place a newer one stands."""
    ahead, older = gettext("The year ends on %(day)s."), gettext("The facts of a newer year are confirmed.")
    return {
        row.pk: ("not_yet", ahead % {"day": date_format(row.ended_on, "Y-m-d")})
        if row.ended_on > day
        else ("older", older)
        for row in rows
        if row.state == YearlyFacts.State.CONFIRMED
    }


OF_FACTS = Levels(
    model=YearlyFacts,
    on=YearlyFacts.objects.newest,
    why=not_newest,
    dimensions=(grade_of("station"),),
    columns={"assets_fen": Cast(F("assets") * FEN, BigIntegerField())},
    frozen=True,
    reporting=Reporting.ROWS,
    records="yearly-facts",
)
OF_YEARS = Events(
    model=YearlyFacts,
    date="ended_on",
    counted=[YearlyFacts.State.CONFIRMED],
    recorded=list(YearlyFacts.State),
    columns={"income_fen": _lines(INCOME), "expenditure_fen": _lines(EXPENDITURE)},
    records="yearly-facts",
)
NEWEST = _("By the newest confirmed facts of a year that was over on the day; not recorded is not none.")

for code, column, label, unit in (
    ("stations.books", "books", _("Books of stations"), _("volumes")),
    ("stations.computers", "computers", _("Computers of stations"), _("computers")),
    ("stations.volunteers", "volunteers", _("Volunteers of stations"), _("people")),
):
    stock(code, total(column), of=OF_FACTS, label=label, unit=unit, definition=NEWEST)
stock("stations.assets", total("assets_fen"), of=OF_FACTS, label=_("Assets of stations"), definition=NEWEST, **MONEY)
flow(
    "stations.income",
    total("income_fen"),
    of=OF_YEARS,
    label=_("Income of stations"),
    definition=_("The lines of income in the confirmed facts of the year, counted on its last day."),
    **MONEY,
)
flow(
    "stations.expenditure",
    total("expenditure_fen"),
    of=OF_YEARS,
    label=_("Expenditure of stations"),
    definition=_("The lines of expenditure in the confirmed facts of the year, counted on its last day."),
    **MONEY,
)
flow(
    "stations.safety_checks",
    ROWS,
    of=Events(
        model=SafetyCheck,
        date="checked_on",
        counted=VALID,
        recorded=VALID,
        reporting=Reporting.REGISTER,
        records="safety-checks",
    ),
    label=_("Safety checks"),
    unit=_("checks"),
    definition=_("Safety checks on record, whoever made them."),
)
flow(
    "stations.complaints",
    ROWS,
    of=Events(
        model=Complaint,
        date="received_on",
        counted=STANDING,
        recorded=STANDING,
        dimensions=(Choice("about", "about", Complaint.About),),
        reporting=Reporting.REGISTER,
        records="complaints",
    ),
    label=_("Complaints"),
    unit=_("complaints"),
    definition=_("Complaints received, those struck out left aside."),
)
