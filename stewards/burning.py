"""How far a contract's lines are delivered: done and left, what time would lead to expect, and where it will end."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.db.models import Count, Sum

from stewards.models import Contract, Delivery, LineAlert, ServiceLine

LEVELS = tuple(LineAlert.Level.values)
QUANTITY, SHARE = Decimal("0.01"), Decimal("0.0001")
NOTHING = (0, 0)


@dataclass(frozen=True, slots=True)
class Burn:
    """A service line on a day. Quantities are in its measure's unit.

    target: with signed supplements. share: done of the target, 1 being all of it; more may be done than was bought. left: what
    is still to be done, never below 0. expected: what would be done if every day of the line's time brought the same.
    forecast: what will be done on the line's last day if it goes on as up to now; None before its time has begun.
    records: how many stand behind it. level: the highest of 75, 80, 90 and 100 that is reached, else empty.
    """

    line: ServiceLine
    target: Decimal
    done: Decimal
    share: Decimal
    left: Decimal
    expected: Decimal
    forecast: Decimal | None
    records: int
    level: str

    @property
    def behind(self) -> bool:
        """Whether less is done than time would lead to expect."""
        return self.done < self.expected


def burn(contract: Contract, *, on: date) -> list[Burn]:
    """Every line of a contract by number, with what was served up to `on`, that day included. Three queries."""
    lines = list(contract.lines.select_related("station__unit").prefetch_related("supplements").order_by("number"))
    done = _done(lines, last=on)
    return [burn_of(line, *done.get(line.pk, NOTHING), on=on) for line in lines]


def burn_of(line: ServiceLine, amount: int, records: int, *, on: date) -> Burn:
    """One line on a day, of which `amount` was served by then, in what its measure is kept in."""
    target, done = line.agreed, Decimal(amount) / line.per
    whole = (line.last - line.first).days + 1
    elapsed = min(max((on - line.first).days + 1, 0), whole)
    return Burn(
        line=line,
        target=target.quantize(QUANTITY),
        done=done.quantize(QUANTITY, ROUND_HALF_UP),
        # Rounded down: a level that is shown as reached is reached.
        share=(done / target).quantize(SHARE, ROUND_DOWN),
        left=max(target - done, Decimal(0)).quantize(QUANTITY, ROUND_HALF_UP),
        expected=(target * elapsed / whole).quantize(QUANTITY, ROUND_HALF_UP),
        forecast=(done * whole / elapsed).quantize(QUANTITY, ROUND_HALF_UP) if elapsed else None,
        records=records,
        level=str(max(levels_of(line, amount), default="")),
    )


def levels_of(line: ServiceLine, amount: int) -> list[int]:
    """The levels that an amount reaches, in what the line's measure is kept in."""
    return [level for level in LEVELS if Decimal(amount) * 100 >= line.agreed * line.per * level]


def done_by_line(contract: Contract, first: date, last: date) -> dict[int, tuple[int, int]]:
    """Of each line of a contract what was served from `first` to `last`, in what its measure is kept in, and by how many
    records; lines without any are left out. One query.
    """
    return _done(contract.lines.all(), first=first, last=last)


def done_on(lines: Collection[int]) -> Mapping[int, int]:
    """Of each line all that stands on it, whenever it was served."""
    return {key: amount for key, (amount, _records) in _done(lines).items()}


def _done(lines: object, *, first: date | None = None, last: date | None = None) -> dict[int, tuple[int, int]]:
    rows = Delivery.objects.standing().filter(line__in=lines)
    if first:
        rows = rows.filter(on__gte=first)
    if last:
        rows = rows.filter(on__lte=last)
    sums = rows.order_by().values("line").annotate(amount=Sum("amount"), records=Count("pk"))
    return {row["line"]: (int(row["amount"]), row["records"]) for row in sums}
