"""Where numbers lie: the divisions a question is about, what each was before and what it has become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db import connections

from culture_admin.territory.models import Division, Level, named

# Plain whole numbers where nothing is shared out: sums of fractions cost ten times as much.
Share = int | Fraction
WHOLE: Share = 1
EVERYWHERE = "/"

# Asked with every question: written out, because putting them together took longer than answering them.
_DIVISIONS = """
    SELECT id, code, name_zh, name_en, level, type, path, valid_from, valid_to FROM territory_division
    WHERE level = ANY(%(levels)s) AND ({within}) OR id = ANY(%(above)s)
"""
_KIN = """
    SELECT predecessor_id, successor_id, share, before.path, after.path
    FROM territory_succession
    JOIN territory_division AS before ON before.id = predecessor_id
    JOIN territory_division AS after ON after.id = successor_id
    WHERE "on" <= %(today)s AND ({ends})
"""
_OF_CODE = "SELECT path, valid_from, valid_to FROM territory_division WHERE code = %(code)s"


@dataclass(slots=True)
class Spot:
    """A division as far as statistics ask for it."""

    pk: int
    code: str
    name_zh: str
    name_en: str
    level: str
    type: str
    path: str
    valid_from: date | None
    valid_to: date | None

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return named(self.name_zh, self.name_en)

    @property
    def ancestry(self) -> list[int]:
        """Ids from the province down to this division."""
        return ancestry(self.path)


class Places:
    """The divisions at and below some paths, those above them, and their kin by succession."""

    def __init__(self, database: str, paths: Sequence[str], *, today: date, villages: bool = False):
        self.paths = list(paths)
        self.database = database
        self.divisions: dict[int, Spot] = {}
        self.successors: dict[int, dict[int, Share]] = {}
        self.predecessors: dict[int, dict[int, Share]] = {}
        self.levels = [level.value for level in Level if villages or level != Level.VILLAGE]
        self.everywhere = EVERYWHERE in self.paths
        self.patterns = {f"path_{number}": f"{path}%" for number, path in enumerate(paths)}
        self._add(self._below("path"), above=[pk for path in paths for pk in ancestry(path)])
        self.under = {pk for pk, division in self.divisions.items() if self.holds(division.path)}
        self._add_kin(today)

    def holds(self, path: str) -> bool:
        """Whether a path lies at or below the asked ones."""
        return any(path.startswith(root) for root in self.paths)

    @cached_property
    def roots(self) -> list[Spot]:
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

    def _add(self, within: str, *, above: Sequence[int] = (), **values: Any) -> list[int]:
        lines = self._ask(_DIVISIONS.format(within=within), levels=self.levels, above=list(above), **values)
        found = [Spot(*line) for line in lines]
        self.divisions |= {spot.pk: spot for spot in found}
        return [spot.pk for spot in found]

    def _add_kin(self, today: date) -> None:
        """Follows successions both ways until nobody new appears; mostly the first look finds none."""
        new: list[int] = []
        ends = f"{self._below('before.path')} OR {self._below('after.path')}"
        while True:
            missing: set[int] = set()
            lines = self._ask(_KIN.format(ends=ends), today=today, new=new)
            for before, after, share, path_before, path_after in lines:
                part = WHOLE if share == 1 else Fraction(share)
                self.successors.setdefault(before, {})[after] = part
                self.predecessors.setdefault(after, {})[before] = part
                missing |= {*ancestry(path_before), *ancestry(path_after)} - self.divisions.keys()
            new = self._add("id = ANY(%(missing)s)", missing=list(missing)) if missing else []
            if not new:
                return
            ends = "predecessor_id = ANY(%(new)s) OR successor_id = ANY(%(new)s)"

    def _below(self, column: str) -> str:
        return " OR ".join(f"{column} LIKE %({name})s" for name in self.patterns)

    def _ask(self, sql: str, **values: Any) -> list[tuple]:
        return _asked(self.database, sql, {**self.patterns, **values})


class Spread(dict[int, tuple[tuple[int | None, Share], ...]]):
    """For the division of a row: the places of the answer it counts to, each with its share; empty outside the question.

    level: that of the places in the answer; without one everything lies in the one place None. current: mapped to today's
    divisions. day: rows that know only their present division are led back to this day.
    """

    def __init__(self, places: Places, level: str | None, *, current: bool, day: date | None = None):
        super().__init__()
        self.places, self.level, self.current, self.day = places, level, current, day
        self._shared: dict[int, bool] = {}

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

    def shares_out(self, pk: int) -> bool:
        """Whether some place of the answer gets a part of a division only: what it gets is an estimate."""
        if not self.current:
            return False
        if pk not in self._shared:
            together: dict[int | None, Share] = {}
            for place, share in self[pk]:
                together[place] = together.get(place, 0) + share
            self._shared[pk] = any(share != WHOLE for share in together.values())
        return self._shared[pk]

    def sources(self) -> set[int]:
        """The divisions whose rows count at all."""
        return {pk for pk in self.places.divisions if self[pk]}


def ancestry(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]


def asked_paths(database: str, code: str, within: Sequence[str], start: date | None, end: date) -> list[str]:
    """The paths of the divisions of a code that lie within `within`: of those there at some time of the period, else of all
    that ever were.

    Codes are used again, so a code alone names a division only together with a time.
    """
    found = [
        line for line in _asked(database, _OF_CODE, {"code": code}) if any(line[0].startswith(path) for path in within)
    ]
    there = [
        path
        for path, since, until in found
        if (since is None or since <= end) and (until is None or start is None or until > start)
    ]
    return there or [path for path, _since, _until in found]


def _asked(database: str, sql: str, values: Mapping[str, Any]) -> list[tuple]:
    with connections[database].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
