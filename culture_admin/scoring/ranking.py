"""Places inside a group of comparable units. Units that are too little known are named beside the ranking, not in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Generic, TypeVar

Unit = TypeVar("Unit")


@dataclass(frozen=True, slots=True)
class Place(Generic[Unit]):
    """A unit's place: equal scores share one, and the next place is left free for each of them. among: how many are ranked."""

    unit: Unit
    score: Decimal
    place: int
    among: int

    @property
    def of_the_best(self) -> Decimal:
        """The share of the ranked that are at least as good, itself included: 0.2 is in the best fifth."""
        return Decimal(self.place) / self.among


@dataclass(frozen=True)
class Ranking(Generic[Unit]):
    """The places from the first on, those of equal score in the order they were given; and who is not ranked."""

    places: tuple[Place[Unit], ...]
    beside: tuple[Unit, ...]

    def of(self, unit: Unit) -> Place[Unit] | None:
        return self._by_unit.get(unit)

    @cached_property
    def _by_unit(self) -> dict[Unit, Place[Unit]]:
        return {place.unit: place for place in self.places}


@dataclass(frozen=True, slots=True)
class Cutoff:
    """What a title asks: so many points, and to be among the best part of the group where one is named."""

    title: str
    points: Decimal
    best: Decimal | None = None


def ranked(scores: Mapping[Unit, Decimal], beside: Collection[Unit] = ()) -> Ranking[Unit]:
    """The ranking by score, without those who stand beside it."""
    inside = {unit: score for unit, score in scores.items() if unit not in beside}
    order = sorted(inside, key=lambda unit: -inside[unit])
    first: dict[Decimal, int] = {}
    for number, unit in enumerate(order, 1):
        first.setdefault(inside[unit], number)
    places = tuple(Place(unit, inside[unit], first[inside[unit]], len(order)) for unit in order)
    return Ranking(places, tuple(unit for unit in scores if unit in beside))


def title_of(place: Place, cutoffs: Collection[Cutoff], *, vetoed: bool = False) -> str:
    """The first title, in the scheme's order, whose points and share the place meets; empty for none, and after a veto."""
    if vetoed:
        return ""
    for cutoff in cutoffs:
        if place.score >= cutoff.points and (cutoff.best is None or place.of_the_best <= cutoff.best):
            return cutoff.title
    return ""
