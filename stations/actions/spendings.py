"""Entering what a station spends on a purpose; an overrun is kept and told, and where money was earmarked it is a finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from stations.actions.entries import check_entry, lock_station, reverse, store
from stations.actions.findings import note_finding
from stations.actions.rows import OFFICIAL
from stations.models import Budget, BudgetLine, Finding, Purpose, Spending, Station

POWER = "stations.spending"
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Overrun:
    """How far a purpose is overrun, and what is wrong with it; "" where it is only told."""

    amount: Decimal
    breach: str


def record_spending(
    *,
    actor,
    at: datetime | None = None,
    station: Station,
    year: int,
    purpose: str,
    amount: Decimal,
    on: date,
    document: str,
    note: str = "",
    late_reason: str = "",
) -> Spending:
    """Enters what the station spent, in yuan, by its voucher. What is beyond the budget is kept and says so in `over`.

    Raises ValidationError by field, PermissionDenied with the matrix's sentence.
    """
    at = at or timezone.now()
    require(actor.offices, POWER, ("decide",), path=station.division.path)
    spending = Spending(
        station=station,
        year=year,
        purpose=purpose,
        amount=amount,
        on=on,
        document=document,
        note=note,
        recorded_at=at,
        recorded_by=actor,
    )
    check_entry(spending, late_reason, at)
    with acting(actor):
        lock_station(station)
        # A finding is kept in the official language, whoever entered the spending.
        with translation.override(OFFICIAL):
            overrun = overrun_of(station, year, purpose, besides=amount)
            basis = _("Public Cultural Service Guarantee Law, Art. 55 and 59")
        spending.over = overrun.amount
        store(spending)
        if overrun.breach and not pending_finding(station, year, purpose):
            note_finding(
                actor=actor,
                at=at,
                station=station,
                kind=Finding.Kind.PURPOSE,
                what=overrun.breach,
                basis=basis,
                subject=spending,
            )
    return spending


def reverse_spending(*, actor, spending: Spending, reason: str, at: datetime | None = None) -> Spending:
    """Takes a spending back that was entered wrongly."""
    at = at or timezone.now()
    return reverse(spending, actor=actor, reason=reason, at=at, power=POWER, purpose=spending.purpose)


def overrun_of(station: Station, year: int, purpose: str, *, besides: Decimal = NOTHING) -> Overrun:
    """How far a purpose is overrun, with what is spent `besides`.

    What is not earmarked may stand in for one another. It is a breach to spend more on an earmarked purpose than it was
    given, anything on a purpose that was given nothing, and more on the others together than they were given together.
    """
    budget = Budget.objects.committed().of(station, year).first()
    if budget is None:
        return Overrun(NOTHING, "")
    lines = {line.purpose: line for line in BudgetLine.objects.filter(budget=budget).with_account()}
    line, label = lines.get(purpose), Purpose(purpose).label if purpose in Purpose.values else purpose
    if line is None:
        spent = Spending.objects.filter(station=station, year=year, purpose=purpose)
        over = sum(spent.values_list("amount", flat=True), besides)
        values = {"purpose": label, "amount": f"{over:,.2f}", "year": year}
        text = _("%(purpose)s, %(year)d: %(amount)s yuan spent on what the budget gives nothing to")
        return Overrun(max(over, NOTHING), text % values if over > 0 else "")
    over = max(besides - line.left, NOTHING)
    free = sum((other.left for other in lines.values() if not other.locked), NOTHING) - besides
    values = {"purpose": label, "amount": f"{over:,.2f}", "year": year}
    if over and line.locked:
        return Overrun(over, _("%(purpose)s, %(year)d: %(amount)s yuan beyond what is earmarked for it") % values)
    if not line.locked and free < 0:
        values["amount"] = f"{-free:,.2f}"
        text = _("%(purpose)s, %(year)d: %(amount)s yuan taken from what is earmarked for other purposes")
        return Overrun(over, text % values)
    return Overrun(over, "")


def pending_finding(station: Station, year: int, purpose: str) -> Finding | None:
    """The pending finding about the spending on a purpose; there is one at a time."""
    spendings = Spending.objects.filter(station=station, year=year, purpose=purpose)
    return (
        Finding.objects.pending()
        .filter(
            kind=Finding.Kind.PURPOSE,
            subject_type=ContentType.objects.get_for_model(Spending),
            subject_id__in=spendings.values("pk"),
        )
        .first()
    )
