"""A plan worked out: the new divisions with their codes, what each old one became, and where its stations and units go."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Model

from culture_admin.boundaries.codes import code_below
from culture_admin.boundaries.land import Land
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.boundaries.plans import ENDS, MERGES, MOVES, ONE
from culture_admin.territory.models import LEVELS, Division, Seat, Succession, Unit, search_key
from culture_admin.workflow.bulk import reserve_keys


class Heir(NamedTuple):
    """A division after the change, and the share of the one before that comes to it."""

    division: Division
    share: Decimal


@dataclass
class Shift:
    """What a change does to the ground from a day on.

    ended: the divisions that end, children included, by id. heirs: by the same ids what each became. new: the new divisions,
    parents first. stations: by key the division in which a station of the old ones lies afterwards. merged: by the key of a
    station that ends the key of the one it is merged into, or None where it ends. closed: the units that end. carried: rows of
    a merged station by model and key, with the key of the row that stands for them at the other. renumbered: children whose
    last digits were taken, with their former code.
    """

    change: BoundaryChange
    land: Land
    on: date
    results: list[Division] = field(default_factory=list)
    new: list[Division] = field(default_factory=list)
    ended: dict[int, Division] = field(default_factory=dict)
    heirs: dict[int, list[Heir]] = field(default_factory=dict)
    stations: dict[int, Division] = field(default_factory=dict)
    merged: dict[int, int | None] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    carried: dict[tuple[type[Model], int], int] = field(default_factory=dict)
    renumbered: list[tuple[Division, str]] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)

    @classmethod
    def of(cls, change: BoundaryChange, land: Land) -> Shift:
        """Works the plan out; writes nothing. The plan has no faults."""
        shift = cls(change, land, change.effective_on)
        shift._found()
        for unit in land.units:
            shift._bring_along(unit)
        shift._place_stations()
        return shift

    def heir(self, pk: int) -> Division:
        """Where the things of a division go that are told nothing else: to the largest of its heirs."""
        return max(self.heirs[pk], key=lambda heir: heir.share).division

    def seat(self, unit: Unit) -> Division:
        """Where a unit lies afterwards; a government goes on with the outcome that it leads."""
        if unit.pk in self.stations:
            return self.stations[unit.pk]
        led = [
            result
            for one, result in zip(self.land.plan.outcomes, self.results, strict=True)
            if one.lead == unit.division_id
        ]
        return led[0] if led else self.heir(unit.division_id)

    def ends(self, unit: Unit) -> bool:
        """Whether a unit ends: a station that is merged or ends, and the government of a town that another one leads."""
        if unit.kind == Unit.Kind.STATION:
            return unit.pk in self.merged
        if unit.kind != Unit.Kind.TOWN:
            return False
        leads = {one.lead for one in self.land.plan.outcomes if one.lead}
        taken_in = any(len(one.shares) > 1 and unit.division_id in one.shares for one in self.land.plan.outcomes)
        return taken_in and unit.division_id not in leads

    def gives_name(self, unit: Unit) -> bool:
        """Whether what the unit's place is called afterwards is its own name too: alone there, or as the one that leads."""
        seat = self.seat(unit)
        return all(
            len(one.shares) == 1 or one.lead == unit.division_id
            for one, result in zip(self.land.plan.outcomes, self.results, strict=True)
            if result is seat
        )

    def write(self) -> None:
        """Writes the new divisions, what each old one became, and ends the old ones. Set-wise, whatever their number."""
        Division.objects.filter(pk__in=self.ended).update(valid_to=self.on)
        for level in LEVELS:
            rows = [row for row in self.new if row.level == level]
            for row, key in zip(rows, reserve_keys(Division, len(rows)) if rows else (), strict=True):
                row.pk = key
                # A child was worked out before its parent had a key.
                row.parent = row.parent
                row.path = f"{row.parent.path if row.parent else '/'}{key}/"
                row.search = search_key(row.name_zh)
            Division.objects.bulk_create(rows)
        self.successions = Succession.objects.bulk_create(
            Succession(predecessor_id=pk, successor=heir.division, on=self.on, share=heir.share)
            for pk, heirs in sorted(self.heirs.items())
            for heir in heirs
        )

    def seats(self, units: list[Unit]) -> list[Seat]:
        """What is to be kept of where units lay that move."""
        before = dict(Seat.objects.filter(unit__in=units).order_by("valid_to").values_list("unit", "valid_to"))
        return [
            Seat(unit=unit, division_id=unit.division_id, valid_from=before.get(unit.pk), valid_to=self.on)
            for unit in units
        ]

    def _found(self) -> None:
        """The outcomes as divisions, and what each of the divisions concerned became."""
        divisions = self.land.divisions
        for one in self.land.plan.outcomes:
            result = Division(
                code=one.code,
                name_zh=one.name_zh,
                name_en=one.name_en,
                level=self.land.units[0].level,
                type=one.type,
                parent=divisions[one.parent or 0],
                valid_from=self.on,
            )
            self.new.append(result)
            self.results.append(result)
        for unit in self.land.units:
            self.ended[unit.pk] = unit
            self.heirs[unit.pk] = [
                Heir(result, one.shares[unit.pk])
                for one, result in zip(self.land.plan.outcomes, self.results, strict=True)
                if unit.pk in one.shares
            ]

    def _bring_along(self, unit: Division) -> None:
        """Children come along, each as a new row under its new parent, because a path tells where a division lies."""
        taken = {row.code for row in self.new}
        for child in self.land.below.values():
            if not child.path.startswith(unit.path):
                continue
            assigned = self.land.plan.children.get(child.pk)
            parent = self.heir(child.parent_id) if assigned is None else self.results[assigned]
            used = self.land.taken(parent.code[:6]) | taken
            code = code_below(child.code, child.level, child.type, parent.code, used) or child.code
            heir = Division(
                code=code,
                name_zh=child.name_zh,
                name_en=child.name_en,
                level=child.level,
                type=child.type,
                parent=parent,
                valid_from=self.on,
            )
            if code[-3:] != child.code[-3:]:
                self.renumbered.append((heir, child.code))
            taken.add(code)
            self.new.append(heir)
            self.ended[child.pk] = child
            self.heirs[child.pk] = [Heir(heir, ONE)]

    def _place_stations(self) -> None:
        for key, unit in self.land.stations.items():
            fate = self.land.plan.stations[key]
            if fate.fate == MOVES:
                self.stations[key] = self._below(unit, self.results[fate.outcome or 0])
        for key, unit in self.land.stations.items():
            fate = self.land.plan.stations[key]
            if fate.fate in (MERGES, ENDS):
                self.merged[key] = fate.into if fate.fate == MERGES else None
                self.stations[key] = self.stations[fate.into] if fate.into else self.heir(unit.division_id)

    def _below(self, unit: Unit, result: Division) -> Division:
        """A station of a child goes where the child goes."""
        return self.heir(unit.division_id) if unit.division_id in self.land.below else result


def renamed(name: str, before: str, after: str) -> str:
    """The name of a unit after its place was renamed: 东镇人民政府 of 东镇 becomes 新镇人民政府."""
    return name.replace(before, after, 1) if before and before != after else name
