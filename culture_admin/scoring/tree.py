"""The score as a tree: its leaves added up are the score, to the last digit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from culture_admin.scoring.table import Indicator, Section
from culture_admin.scoring.values import Effect, Value


class Kind(StrEnum):
    """What a node of the tree is."""

    SCORE = "score"
    SECTION = "section"
    INDICATOR = "indicator"
    # What is spread over the others because some do not apply.
    SPREAD = "spread"
    # What a rule for the whole first-level indicator takes away.
    LEVEL = "level"
    ROUNDING = "rounding"


class Node(NamedTuple):
    """Points and what they come from. values, yardstick: of an indicator.

    effect: of an indicator what was made of a value that is not there; of a section that it is left out, where nothing of it applies.
    """

    kind: Kind
    points: Decimal
    section: Section | None = None
    indicator: Indicator | None = None
    values: tuple[Value, ...] = ()
    effect: Effect | None = None
    yardstick: Decimal | None = None
    children: tuple[Node, ...] = ()

    def leaves(self) -> Iterator[Node]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


class Earned(NamedTuple):
    """What a unit has earned of a first-level indicator, and of what: all that a score, also one that is supposed, needs of it.

    base, besides: the points of its indicators, and those of bonus and deductions. left: the points of what does not apply.
    """

    points: Decimal
    base: Decimal
    besides: Decimal
    left: Decimal

    def leaves_out(self, section: Section) -> bool:
        """Whether nothing of the first-level indicator applies."""
        return bool(self.left) and self.left == section.weight


class Score(NamedTuple):
    """A unit's score: rounded once, the tree it stands on, what was earned by first-level indicator, and the vetoes that have
    happened.
    """

    total: Decimal
    tree: Node
    earned: Mapping[str, Earned]
    vetoes: tuple[Indicator, ...] = ()
