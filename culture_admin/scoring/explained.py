"""A score's tree in the reader's words: what each node is, what it earned, and by which rule from what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _

from culture_admin.scoring.rules import plain
from culture_admin.scoring.sources import Origin, Source
from culture_admin.scoring.values import Standing, Value


@dataclass(frozen=True)
class Explained:
    """A node of a score's tree in the reader's words. The points of the children add up to its own.

    code, label, points, most: what it is, what it earned, and what could be earned. rule, source: in words, with the numbers of
    the scheme. said: what it was judged by; `formula` the same with its numbers put in. effect: what was made of a value that is
    not there. counted: there are records behind it.
    """

    kind: str
    label: str
    points: Decimal
    code: str = ""
    most: Decimal | None = None
    part: str = ""
    rule: str = ""
    source: str = ""
    standing: str = ""
    said: str = ""
    formula: str = ""
    effect: str = ""
    counted: bool = False
    vetoed: bool = False
    children: tuple[Explained, ...] = field(default=())

    def leaves(self) -> Iterator[Explained]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


def said_of(source: Source, standing: Standing, numbers: Sequence[Decimal]) -> str:
    """What an indicator is judged by, as people say it: yes, a grade, numbers, or that nothing is recorded."""
    if standing not in (Standing.VALUE, Standing.ZERO) or not numbers:
        return standing.label
    if source.origin == Origin.YES_NO:
        return _("yes") if numbers[0] else _("no")
    if source.origin == Origin.GRADED:
        return next((grade.name for grade in source.grades if grade.value == numbers[0]), plain(numbers[0]))
    return "; ".join(map(shown, numbers))


def in_words(source: Source, values: Sequence[Value]) -> str:
    """The values an indicator is judged by; of several the first that is known says how they stand."""
    standing = next((one.standing for one in values if one.number is not None), values[0].standing)
    return said_of(source, standing, [one.number for one in values if one.number is not None])


def shown(number: Decimal | None) -> str:
    """A number as it is shown: at most four decimals; what is carried exactly stands behind it."""
    return "" if number is None else plain(round(number, 4))


def enough(number: Decimal) -> str:
    """A number that is asked for: rounded up at the fourth decimal, so that what is shown suffices."""
    return plain(number.quantize(Decimal("1e-4"), ROUND_CEILING))


def scored(number: Decimal) -> str:
    """A score, with two decimals at least, so that 80.70 and 80.65 stand below one another."""
    whole, _point, decimals = shown(number).partition(".")
    return f"{whole}.{decimals:0<2}"
