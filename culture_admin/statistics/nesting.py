"""Figures that speak for a whole division: its own figure stands instead of those of its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from culture_admin.statistics.cells import Cell, level_cells
from culture_admin.statistics.counting import CountedLevels, Units, moments
from culture_admin.statistics.places import Share, Spread
from culture_admin.statistics.questions import Hierarchy
from culture_admin.statistics.tallies import Group
from culture_admin.territory.models import Level


class CountedDivisions(CountedLevels):
    """Levels of divisions, such as residents: a county's own figure, or else the sum of its towns'.

    Mapped to today's divisions it is the other way round, because a county's own figure of those days is one of other
    boundaries: the parts are added, and the county's own figure stands only where they have none.
    """

    _units = Units(0, 0)

    def count(self) -> None:
        """Reads the figures in force on each day."""
        everything = Spread(self.places, None, current=self.question.hierarchy == Hierarchy.CURRENT)
        for span, day, in_total in moments(self.question):
            want = self.want(with_station=False)
            cells = list(level_cells(want, day, self.reader))
            self.estimated = self.estimated or any(self.spread(None).shares_out(cell.place) for cell in cells)
            for place, members in _by_place(cells, self.spread(None)).items():
                if place is None and self.question.level:
                    continue
                for cell, share in self._standing(members):
                    self.tally(cell, share, self.tallies[Group(place, span, ())])
            if in_total:
                standing = self._standing(_by_place(cells, everything).get(None, []))
                for cell, share in standing:
                    self.tally(cell, share, self.total)
                self._units = self._units_of([cell for cell, _share in standing], day)

    @property
    def units(self) -> Units:
        """The figures behind the total: the asked division's own, or those of its towns."""
        return self._units

    def _standing(self, members: Sequence[tuple[Cell, Share]]) -> list[tuple[Cell, Share]]:
        """The figures that stand, of which none lies within another."""
        given = {cell.place for cell, _share in members}
        above = {pk: set(self.places.divisions[pk].ancestry[:-1]) for pk in given}
        if self.question.hierarchy == Hierarchy.CURRENT:
            covered = set().union(*above.values())
        else:
            covered = {pk for pk in given if above[pk] & given}
        return [(cell, share) for cell, share in members if cell.place not in covered]

    def _units_of(self, standing: Sequence[Cell], day: date) -> Units:
        given = {cell.place for cell in standing}
        roots = {root.pk for root in self.places.roots}
        if roots and roots <= given:
            return Units(len(roots), len(roots))
        towns = self.places.governed(Level.TOWN, day)
        return Units(len(towns & given), len(towns)) if towns else Units(len(given), len(roots))


def _by_place(cells: Iterable[Cell], spread: Spread) -> dict[int | None, list[tuple[Cell, Share]]]:
    places: dict[int | None, list[tuple[Cell, Share]]] = defaultdict(list)
    for cell in cells:
        for place, share in spread[cell.place]:
            places[place].append((cell, share))
    return places
