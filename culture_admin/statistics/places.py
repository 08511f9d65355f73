"""Where numbers lie: the divisions a question is about, what each was before and what it has become."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property, reduce
from operator import or_

from django.db.models import Q, QuerySet

from culture_admin.territory.models import Division, Level, Succession

# Plain whole numbers where nothing is shared out: sums of fractions cost ten times as much.
Share = int | Fraction
WHOLE: Share = 1
EVERYWHERE = "/"


class Places:
    """The divisions at and below some paths, those above them, and their kin by succession."""

    def __init__(self, database: str, paths: Sequence[str], *, today: date, villages: bool = False):
        self.paths = list(paths)
        self.divisions: dict[int, Division] = {}
        self.successors: dict[int, dict[int, Share]] = {}
        self.predecessors: dict[int, dict[int, Share]] = {}
        rows = Division.objects.using(database).defer("search").order_by()
        levels = Q() if villages else ~Q(level=Level.VILLAGE)
        self.everywhere = EVERYWHERE in self.paths
        above = Q(pk__in=[pk for path in paths for pk in ancestry(path)])
        self._add(rows.filter(levels if self.everywhere else (levels & _begin_with("path", paths)) | above))
        self.under = {pk for pk, division in self.divisions.items() if self.holds(division.path)}
        self._add_kin(rows.filter(levels), Succession.objects.using(database).filter(on__lte=today))

    def holds(self, path: str) -> bool:
        """Whether a path lies at or below the asked ones."""
        return any(path.startswith(root) for root in self.paths)

    @cached_property
    def roots(self) -> list[Division]:
        """The asked divisions; none when everything is asked."""
        return [self.divisions[ancestry(path)[-1]] for path in self.paths if path != EVERYWHERE]

    @property
    def in_villages(self) -> bool:
        return any(root.level == Level.VILLAGE for root in self.roots)

    @cached_property
    def counties(self) -> set[int] | None:
        """The counties that are asked for whole; None where the question looks below a county."""
        if any(self.at(root.pk, Level.COUNTY) not in (None, root.pk) for root in self.roots):
            return None
        return {pk for pk in self.under if self.divisions[pk].level == Level.COUNTY}

    def at(self, pk: int, level: str) -> int | None:
        """The division of a level in which a division lies; None where it lies in none."""
        return next((above for above in self.divisions[pk].ancestry if self._is_level(above, level)), None)

    def today(self, pk: int, seen: tuple[int, ...] = ()) -> list[tuple[int, Share]]:
        """What a division has become: each of today's divisions with the share of it that is there."""
        kin = {} if pk in seen else self.successors.get(pk, {})
        if not kin:
            return [(pk, WHOLE)]
        return [
            (heir, share * part)
            for successor, share in kin.items()
            for heir, part in self.today(successor, (*seen, pk))
        ]

    def on(self, pk: int, day: date) -> int:
        """What the place of a division was on a day: itself, or what came before it or after it."""
        seen = set()
        while pk not in seen and pk in self.divisions:
            seen.add(pk)
            division = self.divisions[pk]
            if division.valid_from and day < division.valid_from:
                kin = self.predecessors.get(pk)
            elif division.valid_to and day >= division.valid_to:
                kin = self.successors.get(pk)
            else:
                break
            pk = max(kin, key=lambda one: kin[one]) if kin else pk
        return pk

    def governed(self, level: str, day: date) -> set[int]:
        """The divisions of a level within the asked ones that have a government on the day."""
        return {
            pk
            for pk in self.under
            if (division := self.divisions[pk]).level == level
            and division.type != Division.Type.ZONE
            and (division.valid_from is None or division.valid_from <= day)
            and (division.valid_to is None or division.valid_to > day)
        }

    def _is_level(self, pk: int, level: str) -> bool:
        return pk in self.divisions and self.divisions[pk].level == level

    def _add(self, rows: Iterable[Division]) -> set[int]:
        found = {division.pk: division for division in rows}
        self.divisions |= found
        return set(found)

    def _add_kin(self, rows: QuerySet, successions: QuerySet) -> None:
        """Follows successions both ways until nobody new appears; mostly the first look finds none."""
        ends = (
            Q()
            if self.everywhere
            else _begin_with("predecessor__path", self.paths) | _begin_with("successor__path", self.paths)
        )
        while True:
            missing: set[int] = set()
            for before, after, share, path_before, path_after in successions.filter(ends).values_list(
                "predecessor", "successor", "share", "predecessor__path", "successor__path"
            ):
                part = WHOLE if share == 1 else Fraction(share)
                self.successors.setdefault(before, {})[after] = part
                self.predecessors.setdefault(after, {})[before] = part
                missing |= {*ancestry(path_before), *ancestry(path_after)} - self.divisions.keys()
            new = self._add(rows.filter(pk__in=missing)) if missing else set()
            if not new:
                return
            ends = Q(predecessor__in=new) | Q(successor__in=new)


class Spread(dict[int, tuple[tuple[int | None, Share], ...]]):
    """For the division of a row: the places of the answer it counts to, each with its share; empty outside the question.

    level: that of the places in the answer; without one everything lies in the one place None. current: mapped to today's
    divisions. day: rows that know only their present division are led back to this day.
    """

    def __init__(self, places: Places, level: str | None, *, current: bool, day: date | None = None):
        super().__init__()
        self.places, self.level, self.current, self.day = places, level, current, day

    def __missing__(self, pk: int) -> tuple[tuple[int | None, Share], ...]:
        places = self.places
        here = places.on(pk, self.day) if self.day else pk
        heirs = places.today(pk) if self.current else [(here, WHOLE)]
        self[pk] = tuple(
            (places.at(heir, self.level) if self.level else None, share)
            for heir, share in heirs
            if heir in places.under
        )
        return self[pk]

    def sources(self) -> set[int]:
        """The divisions whose rows count at all."""
        return {pk for pk in self.places.divisions if self[pk]}


def ancestry(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]


def _begin_with(lookup: str, paths: Sequence[str]) -> Q:
    """Rows whose path begins with one of `paths`."""
    return reduce(or_, (Q(**{f"{lookup}__startswith": path}) for path in paths))


def asked_divisions(database: str, code: str, within: Sequence[str], start: date | None, end: date) -> list[Division]:
    """The divisions of a code that lie within `within`: those there at some time of the period, else all that ever were.

    Codes are used again, so a code alone names a division only together with a time.
    """
    found = [
        division
        for division in Division.objects.using(database).filter(code=code)
        if any(division.path.startswith(path) for path in within)
    ]
    there = [
        division
        for division in found
        if (division.valid_from is None or division.valid_from <= end)
        and (division.valid_to is None or start is None or division.valid_to > start)
    ]
    return there or found
