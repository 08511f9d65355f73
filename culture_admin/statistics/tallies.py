"""Tallies: what is added up for one metric in one group, and the one rounding at its end."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from culture_admin.statistics.places import Share
from culture_admin.statistics.register import Amount

Number = int | Decimal


class Group(NamedTuple):
    """A group of the answer: its place, the first day of its span, and the values of its dimensions."""

    place: int | None
    span: date | None
    values: tuple


class Tally:
    """How many rows were counted, in how many the column was recorded, and their sum; or the different values met."""

    __slots__ = ("different", "number", "recorded", "sum")

    def __init__(self) -> None:
        self.number: int = 0
        self.recorded: int = 0
        self.sum: Share = 0
        self.different: dict[Hashable, Share] = {}

    def add(self, number: int, amount: int, recorded: int, share: Share) -> None:
        self.number += number
        self.recorded += recorded
        self.sum += amount * share

    def meet(self, value: Hashable, share: Share) -> None:
        """Counts a value once, however often it is met."""
        self.number += 1
        self.recorded += 1
        self.different[value] = max(share, self.different.get(value, 0))

    def value(self, amount: Amount) -> Share | None:
        """The exact value; None when rows were counted but none of them recorded the column."""
        if self.number and not self.recorded:
            return None
        counted = sum(self.different.values()) if amount.measure.distinct else self.sum
        return counted if amount.per == 1 else Fraction(counted, amount.per)


class Tallies(dict[Group, list[Tally]]):
    """For each group a tally for each of some amounts."""

    def __init__(self, amounts: Iterable[Amount]):
        super().__init__()
        self.amounts = list(amounts)

    def __missing__(self, key: Group) -> list[Tally]:
        self[key] = [Tally() for _amount in self.amounts]
        return self[key]


def rounded(value: Share | None, decimals: int) -> Number | None:
    """Half up to at most so many decimals; whole numbers as int."""
    if value is None or isinstance(value, int):
        return value
    nearest = (2 * value.numerator * 10**decimals + value.denominator) // (2 * value.denominator)
    if nearest % 10**decimals == 0:
        return nearest // 10**decimals
    return Decimal(nearest).scaleb(-decimals)
