"""The land a plan is about, read once: its divisions, what lies below them, their stations, and the codes in use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from culture_admin.boundaries.plans import Plan, completed
from culture_admin.territory.models import Division, Unit, in_force


@dataclass
class Land:
    """As it lies on the day of a change, before it.

    divisions: those concerned, the parents named and all between, by id. below: what is in force below those that end,
    by their own ids, parents before children. later: what is entered below them from a later day on. stations: units of
    stations in force in the divisions concerned, by key. codes: for each code in force on the day or later, who bears it.
    """

    on: date
    plan: Plan
    divisions: dict[int, Division] = field(default_factory=dict)
    below: dict[int, Division] = field(default_factory=dict)
    later: list[Division] = field(default_factory=list)
    stations: dict[int, Unit] = field(default_factory=dict)
    codes: dict[str, list[Division]] = field(default_factory=dict)

    @classmethod
    def read(cls, plan: Plan, kind: str, on: date) -> Land:
        """Reads what the plan names, and completes the plan by it."""
        named = {*plan.units, *(one.parent for one in plan.outcomes if one.parent)}
        divisions = Division.objects.select_related("parent").in_bulk(named)
        land = cls(on, plan, divisions)
        land._read_below()
        land._read_stations()
        land.plan = completed(plan, kind, divisions, {pk: unit.division_id for pk, unit in land.stations.items()})
        parents = {one.parent for one in land.plan.outcomes if one.parent} - divisions.keys()
        divisions |= Division.objects.select_related("parent").in_bulk(parents)
        land._read_codes()
        return land

    @property
    def units(self) -> list[Division]:
        """The divisions concerned, in the order of the plan; an unknown id is left out."""
        return [self.divisions[pk] for pk in self.plan.units if pk in self.divisions]

    def children_of(self, unit: Division) -> list[Division]:
        return [child for child in self.below.values() if child.parent_id == unit.pk]

    def bearers(self, code: str) -> list[Division]:
        """The divisions that bear a code on the day or later and do not end by this change."""
        ended = {unit.pk for unit in self.units} | self.below.keys()
        return [bearer for bearer in self.codes.get(code, ()) if bearer.pk not in ended]

    def taken(self, prefix: str) -> set[str]:
        """The codes below a prefix that are not free after the change."""
        return {code for code in self.codes if code.startswith(prefix) and self.bearers(code)}

    def _read_below(self) -> None:
        within = Q(pk__in=[])
        for unit in self.units:
            within |= Q(path__startswith=unit.path)
        rows = Division.objects.filter(within).exclude(pk__in=self.plan.units).order_by("path", "pk")
        live = rows.filter(Q(valid_to=None) | Q(valid_to__gt=self.on))
        for row in live:
            if row.valid_from and row.valid_from >= self.on:
                self.later.append(row)
            else:
                self.below[row.pk] = row

    def _read_stations(self) -> None:
        units = Unit.objects.filter(in_force(self.on), kind=Unit.Kind.STATION).select_related("division")
        within = {*self.plan.units, *self.below}
        self.stations = {unit.pk: unit for unit in units.filter(division__in=within).order_by("division__code", "pk")}

    def _read_codes(self) -> None:
        """All codes that could stand in the way: those named, and those below the parents that children come under."""
        wanted = Q(code__in=[one.code for one in self.plan.outcomes if one.code])
        for prefix in {one.code for one in self.plan.outcomes if one.code}:
            wanted |= Q(code__startswith=prefix)
        live = Division.objects.filter(wanted).filter(Q(valid_to=None) | Q(valid_to__gt=self.on))
        for row in live.select_related("parent"):
            self.codes.setdefault(row.code, []).append(row)
