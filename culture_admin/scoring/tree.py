"""The score as a tree: its leaves added up are the score, to the last digit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

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


@dataclass(frozen=True, slots=True)
class Earned:
    """What a unit has earned of a first-level indicator, and whether nothing of it applies: all that a score needs of it."""

    points: Decimal
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """A unit's score: rounded once, the tree it stands on, and the vetoes that have happened."""

    total: Decimal
    tree: Node
    vetoes: tuple[Indicator, ...] = ()

    def by_section(self) -> dict[str, Earned]:
        """By the code of the first-level indicator, what was earned of it."""
        return {
            node.section.code: Earned(node.points, node.effect == Effect.LEFT_OUT)
            for node in self.tree.children
            if node.kind == Kind.SECTION and node.section
        }


def together(nodes: Iterable[Node]) -> Decimal:
    return sum((node.points for node in nodes), NOTHING)
