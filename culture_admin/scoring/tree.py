"""The score as a tree: its leaves added up are the score, to the last digit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from culture_admin.scoring.table import Indicator, Section
from culture_admin.scoring.values import NOTHING, Effect, Value


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


@dataclass(frozen=True, slots=True)
class Node:
    """Points and what they come from. value, effect: of an indicator; effect says what was made of a value that is not there."""

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


@dataclass(frozen=True, slots=True)
class Score:
    """A unit's score: rounded once, the tree it stands on, and the vetoes that have happened."""

    total: Decimal
    tree: Node
    vetoes: tuple[Indicator, ...] = ()


def together(nodes: tuple[Node, ...]) -> Decimal:
    return sum((node.points for node in nodes), NOTHING)
