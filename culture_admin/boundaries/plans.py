"""The plan of a change: which divisions it is about, what comes of them, and where children and stations go.

It is kept as JSON, in the shape the API has it, and read into these classes. What follows from the kind of change need not be
said: a division that is renamed keeps its code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from culture_admin.boundaries.models import BoundaryChange
from culture_admin.territory.models import Division

Kind = BoundaryChange.Kind
ONE = Decimal(1)
# What becomes of a station.
MOVES, MERGES, ENDS = "moves", "merges", "ends"
FATES = (MOVES, MERGES, ENDS)
# Kinds by which each division becomes one other.
ONE_TO_ONE = (Kind.RENAME, Kind.RECODE, Kind.MOVE)
MOST_PARTS = 12


@dataclass(frozen=True)
class Outcome:
    """A division after the change: always a new row, also where it keeps the code and the name of one before.

    shares: by division before, the share of it that comes here. lead: the division before whose government goes on here.
    residents: how many live here, where the document says so.
    """

    shares: Mapping[int, Decimal]
    code: str = ""
    name_zh: str = ""
    name_en: str = ""
    type: str = ""
    parent: int | None = None
    lead: int | None = None
    residents: int | None = None


@dataclass(frozen=True)
class Fate:
    """What becomes of a station: it moves to an outcome (by its place in the plan), is merged into another, or ends."""

    fate: str
    outcome: int | None = None
    into: int | None = None


@dataclass(frozen=True)
class Plan:
    """children: of a division that is split, each with the outcome it goes to. stations: by the key of their unit."""

    units: tuple[int, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    children: Mapping[int, int] = field(default_factory=dict)
    stations: Mapping[int, Fate] = field(default_factory=dict)

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Plan:
        """From the JSON of a change."""
        return cls(
            units=tuple(written.get("units", ())),
            outcomes=tuple(
                Outcome(
                    **{name: value for name, value in one.items() if name != "shares"},
                    shares={share["unit"]: Decimal(share["share"]) for share in one.get("shares", ())},
                )
                for one in written.get("outcomes", ())
            ),
            children={one["division"]: one["outcome"] for one in written.get("children", ())},
            stations={
                one["station"]: Fate(one["fate"], one.get("outcome"), one.get("into"))
                for one in written.get("stations", ())
            },
        )

    def written(self) -> dict[str, Any]:
        """As the JSON of a change; what is not said is left out."""
        return {
            "units": list(self.units),
            "outcomes": [
                {
                    "shares": [{"unit": unit, "share": str(share)} for unit, share in one.shares.items()],
                    **{
                        name: value for name, value in vars(one).items() if name != "shares" and value not in ("", None)
                    },
                }
                for one in self.outcomes
            ],
            "children": [{"division": child, "outcome": outcome} for child, outcome in self.children.items()],
            "stations": [
                {"station": station, **{name: value for name, value in vars(one).items() if value is not None}}
                for station, one in self.stations.items()
            ],
        }

    def outcome_of(self, unit: int) -> int | None:
        """The outcome that takes the largest share of a division; None where none takes any."""
        parts = [(one.shares[unit], -index) for index, one in enumerate(self.outcomes) if unit in one.shares]
        return -max(parts)[1] if parts else None


def completed(plan: Plan, kind: str, units: Mapping[int, Division], stations: Mapping[int, int]) -> Plan:
    """The plan with what follows from the kind of change.

    units: the divisions by id. stations: by the key of a station's unit the division it lies in.
    """
    outcomes = [_completed(one, kind, units) for one in plan.outcomes]
    if not outcomes and kind in ONE_TO_ONE:
        outcomes = [_completed(Outcome({unit: ONE}), kind, units) for unit in plan.units]
    full = replace(plan, outcomes=tuple(outcomes))
    return replace(full, stations=_with_fates(full, kind, stations))


def _completed(one: Outcome, kind: str, units: Mapping[int, Division]) -> Outcome:
    sources = [units[unit] for unit in one.shares if unit in units]
    if not sources:
        return one
    first = sources[0]
    known: dict[str, Any] = {"type": one.type or first.type, "parent": one.parent or first.parent_id}
    if kind in ONE_TO_ONE:
        # What a kind is about is for a person to say; the rest stays as it is.
        known |= {"lead": one.lead or first.pk}
        known |= {} if kind != Kind.RENAME else {"code": one.code or first.code}
        if kind != Kind.RENAME:
            known |= {"name_zh": one.name_zh or first.name_zh, "name_en": one.name_en or first.name_en}
    elif kind == Kind.MERGE:
        keeping = next((unit.pk for unit in sources if unit.code == one.code), first.pk)
        known |= {"lead": one.lead or keeping}
    return replace(one, **known)


def _with_fates(plan: Plan, kind: str, stations: Mapping[int, int]) -> Mapping[int, Fate]:
    """Where everything of a division goes to one place and no other comes there, its stations go along."""
    if kind not in ONE_TO_ONE:
        return plan.stations
    known = {
        station: Fate(MOVES, plan.outcome_of(unit))
        for station, unit in stations.items()
        if plan.outcome_of(unit) is not None
    }
    return {**known, **plan.stations}


def order_of(units: Sequence[Division]) -> list[int]:
    """The ids of divisions in the order they are told in."""
    return [unit.pk for unit in sorted(units, key=lambda unit: (unit.code, unit.pk))]
