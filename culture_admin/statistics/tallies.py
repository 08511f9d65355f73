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
# To so many decimals a number is carried that others compute with before they round it.
CARRIED = 12


class Group(NamedTuple):
    """A group of the answer: its place, the first day of its span, and the values of its dimensions."""

    place: int | None
    span: date | None
    values: tuple


class Answer(NamedTuple):
    """An exact value, still to be divided by `per`; None where nothing is recorded, or where there can be no value."""

    value: Share | None
    per: int = 1
    applicable: bool = True


ZERO, NOT_RECORDED, NOT_APPLICABLE = Answer(0), Answer(None), Answer(None, applicable=False)


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

    def answer(self, amount: Amount) -> Answer:
        """What is to be said where rows were counted: a value, or nothing where none of them recorded the column."""
        if self.number and not self.recorded:
            return NOT_RECORDED
        return Answer(sum(self.different.values()) if amount.measure.distinct else self.sum, amount.per)


class Tallies(dict[Group, list[Tally]]):
    """For each group a tally for each of some amounts."""

    def __init__(self, amounts: Iterable[Amount]):
        super().__init__()
        self.amounts = list(amounts)

    def __missing__(self, key: Group) -> list[Tally]:
        self[key] = [Tally() for _amount in self.amounts]
        return self[key]


def rounded(answer: Answer, decimals: int) -> Number | None:
    """Half up to at most so many decimals; whole numbers as int."""
    value, per, _applicable = answer
    if value is None or (per == 1 and isinstance(value, int)):
        return value
    divisor = value.denominator * per
    if value.numerator % divisor == 0:
        return value.numerator // divisor
    nearest = (2 * value.numerator * 10**decimals + divisor) // (2 * divisor)
    return Decimal(nearest).scaleb(-decimals) if nearest % 10**decimals else nearest // 10**decimals


def added(answers: Iterable[Answer], per: int = 1) -> Answer:
    """Several whole amounts together, divided by `per`: what is recorded of them; nothing where none of them is."""
    answers = list(answers)
    known = [answer.value for answer in answers if answer.value is not None]
    if known:
        return Answer(sum(known), per)
    return NOT_RECORDED if any(answer.applicable for answer in answers) else NOT_APPLICABLE


def quotient(numerator: Answer, denominator: Answer) -> Answer:
    """One amount divided by another."""
    if numerator.value is None or denominator.value is None:
        return NOT_RECORDED if numerator.applicable and denominator.applicable else NOT_APPLICABLE
    if not denominator.value:
        return NOT_APPLICABLE
    return Answer(Fraction(numerator.value * denominator.per) / (denominator.value * numerator.per))
