"""What an acceptance sheet says of each service line: counted from deliveries, never typed."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count

from stewards.burning import done_by_line
from stewards.models import Acceptance, AcceptanceLine, Contract, Delivery, ServiceLine, SpotCheck, SpotCheckRow

PLACES = Decimal("0.0001")


def count_lines(acceptance: Acceptance) -> list[AcceptanceLine]:
    """The lines of the sheet in their order, not kept yet.

    done, evidence: what was delivered in the sheet's time, and by how many records. verified: how many of these were looked at
    in a spot check and found as logged. points: of the line's weight as much as of the target was done, at most all of it; none where nothing was
    to be done in the time.
    """
    contract, first, last = acceptance.contract, acceptance.first, acceptance.last
    done = done_by_line(contract, first, last)
    delivered = Delivery.objects.standing().filter(contract=contract, on__range=(first, last))
    looked_at = SpotCheckRow.objects.filter(
        spot_check__state=SpotCheck.State.DONE, outcome=SpotCheckRow.Outcome.TRUE, delivery__in=delivered
    )
    verified = dict(
        looked_at.order_by().values_list("delivery__line").annotate(records=Count("delivery", distinct=True))
    )
    return [
        _counted(acceptance, line, *done.get(line.pk, (0, 0)), verified.get(line.pk, 0)) for line in lines_of(contract)
    ]


def lines_of(contract: Contract) -> list[ServiceLine]:
    return list(contract.lines.prefetch_related("supplements").order_by("number"))


def due_between(line: ServiceLine, first: date, last: date) -> Decimal:
    """How much of a line was to be done from one day to another, both in it: its days' share of what was agreed, unrounded."""
    days = (min(last, line.last) - max(first, line.first)).days + 1
    whole = (line.last - line.first).days + 1
    return line.agreed * max(days, 0) / whole


def _counted(acceptance: Acceptance, line: ServiceLine, amount: int, records: int, verified: int) -> AcceptanceLine:
    target, done = due_between(line, acceptance.first, acceptance.last), Decimal(amount) / line.per
    counted = AcceptanceLine(
        acceptance=acceptance,
        line=line,
        target=target.quantize(PLACES, ROUND_HALF_UP),
        done=done.quantize(PLACES, ROUND_HALF_UP),
        evidence=records,
        verified=verified,
    )
    if target:
        counted.points = (line.weight * min(done / target, Decimal(1))).quantize(PLACES, ROUND_HALF_UP)
    return counted
