"""What a change does, told: what is created and ended, every row it touches, and the figures as it was and mapped to today's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.boundaries.register import REACH, Touched
from culture_admin.boundaries.shift import Shift
from culture_admin.statistics.periods import Period
from culture_admin.statistics.questions import Hierarchy
from culture_admin.statistics.reading import read
from culture_admin.statistics.register import METRICS
from culture_admin.statistics.tallies import Number
from culture_admin.territory.models import Division, Level
from culture_admin.territory.shares import shared_out
from culture_admin.workflow.refusals import Reason, StepRefused

# The figures a change of boundaries is looked at by; those whose parts add up to the whole.
FIGURES = (
    "territory.residents",
    "stations.registered",
    "stations.floor_area",
    "activities.teams",
    "activities.held",
    "activities.sessions",
    "activities.class_hours",
    "activities.person_times",
    "activities.visits",
)
# Of each kind of row so many are listed; their number is told whole.
LISTED = 200
Figures = dict[str, dict[int, Number | None]]


@dataclass(frozen=True)
class Told:
    """What is worked out of a shift: by kind of row what it touches, and of the binding ones all keys."""

    sections: dict[str, Sequence[Touched]]

    @property
    def binding(self) -> dict[str, dict[str, str]]:
        """What a dry run is bound to: by kind of row the keys with their names."""
        return {
            code: {str(row.pk): f"{row.text} · {row.effect}" for row in rows}
            for code, rows in self.sections.items()
            if REACH[code].binding
        }


def tell(shift: Shift) -> Told:
    """Everything the change touches, as it is before it."""
    return Told({code: reach.touched(shift) for code, reach in REACH.items()})


def carry_out(shift: Shift, actor, at: datetime) -> dict[str, Any]:
    """Writes the change and gives the report of it. Call it inside a transaction; a trial takes it back.

    Raises StepRefused `history_changed` when a figure as it was is not what it was before: then nothing may be written.
    """
    told = tell(shift)
    moment = _moment(shift, at)
    before = _figures(shift, Hierarchy.AS_WAS, moment)
    shift.write()
    for reach in REACH.values():
        reach.apply(shift, actor, at)
    after = _figures(shift, Hierarchy.AS_WAS, moment)
    if after != before:
        raise StepRefused("history_changed", _history_changed(before, after), shift.change.pk)
    return {
        "created": [_created(shift, row) for row in shift.new],
        "ended": [{"id": row.pk, "code": row.code, "name": row.name_zh} for row in shift.ended.values()],
        "successions": [row.pk for row in shift.successions],
        "sections": {
            code: {"count": len(rows), "rows": [list(row) for row in rows[:LISTED]]}
            for code, rows in told.sections.items()
        },
        "binding": told.binding,
        "figures": _compared(shift, before, _figures(shift, Hierarchy.CURRENT, moment)),
        "notes": _notes(shift),
    }


def changes_since(tried: Mapping[str, Any], now: Told) -> list[Reason]:
    """What is bound otherwise now than when the dry run was made, in words."""
    found = []
    for code, rows in now.binding.items():
        then = tried.get("binding", {}).get(code, {})
        label = REACH[code].label
        for key in sorted(rows.keys() | then.keys(), key=int):
            if key not in then:
                text = _("%(kind)s: %(row)s is new") % {"kind": label, "row": rows[key]}
            elif key not in rows:
                text = _("%(kind)s: %(row)s is there no more") % {"kind": label, "row": then[key]}
            elif rows[key] != then[key]:
                text = _("%(kind)s: %(then)s is now %(now)s") % {"kind": label, "then": then[key], "now": rows[key]}
            else:
                continue
            found.append(Reason("stale_dry_run", text))
    return found


def _moment(shift: Shift, at: datetime) -> datetime:
    """A moment at which the change is in force; a trial may be made long before it."""
    first = timezone.make_aware(datetime.combine(shift.on, datetime.min.time()) + timedelta(hours=12))
    return max(at, first)


def _figures(shift: Shift, hierarchy: str, at: datetime) -> Figures:
    """By metric and division at the level of the change, up to the day before it, over all that holds the divisions."""
    codes = [code for code in FIGURES if code in METRICS]
    level = shift.land.units[0].level
    if level == Level.VILLAGE:
        codes = [code for code in codes if code.startswith("activities.") and code != "activities.teams"]
    last = shift.on - timedelta(days=1)
    found: Figures = {}
    for code in codes:
        table: Any = read(
            code,
            by=[f"division:{level}"],
            where={"division": _around(shift)},
            hierarchy=hierarchy,
            at=at,
            **({"as_of": last} if METRICS[code].kind == "stock" else {"period": Period(None, last)}),
        )
        found[code] = {row.keys["division_id"]: row.values[code] for row in table.rows}
    return found


def _around(shift: Shift) -> Division:
    """The smallest division that holds everything before and after."""
    parents = [row.parent for row in (*shift.land.units, *shift.results) if row.parent]
    shared = set.intersection(*(set(parent.ancestry) for parent in parents))
    return max(Division.objects.filter(pk__in=shared), key=lambda division: len(division.path))


def _created(shift: Shift, row: Division) -> dict[str, Any]:
    origins = [
        {"code": shift.ended[pk].code, "name": shift.ended[pk].name_zh, "share": str(heir.share)}
        for pk, heirs in shift.heirs.items()
        for heir in heirs
        if heir.division is row
    ]
    return {"code": row.code, "name": row.name_zh, "level": row.level, "parent": row.parent.name_zh, "of": origins}


def _compared(shift: Shift, as_was: Figures, current: Figures) -> list[dict[str, Any]]:
    """For each figure the divisions concerned as they were, and what they are mapped to; parts of a split as whole numbers."""
    estimated = any(len(heirs) > 1 for heirs in shift.heirs.values())
    return [
        {
            "metric": code,
            "as_was": [
                {"code": unit.code, "name": unit.name_zh, "value": _plain(as_was[code].get(unit.pk))}
                for unit in shift.land.units
            ],
            "current": [
                {"code": row.code, "name": row.name_zh, "value": value}
                for row, value in zip(
                    shift.results, _whole([current[code].get(row.pk) for row in shift.results]), strict=True
                )
            ],
            "estimated": estimated,
            "total": _plain(sum(value for value in as_was[code].values() if value is not None)),
            "total_current": _plain(sum(value for value in current[code].values() if value is not None)),
        }
        for code in as_was
    ]


def _whole(values: Sequence[Number | None]) -> list[int | float | None]:
    """Values that were shared out as whole numbers with the same sum, by the largest remainder; others as they are."""
    known = [Decimal(value) for value in values if value is not None]
    total = sum(known, Decimal(0))
    if all(value == int(value) for value in known) or total != int(total):
        return [_plain(value) for value in values]
    parts = iter(shared_out(int(total), known))
    return [None if value is None else next(parts) for value in values]


def _plain(value: Number | None) -> int | float | None:
    """A number as JSON has it."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == int(value) else float(value)


# What a person should know besides, worded for the reader when it is read.
NOTES: dict[str, Callable[..., str]] = {
    "renumbered": lambda name, before, after: (
        _(
            "%(name)s bears %(after)s for now, because the last digits of %(before)s are taken; enter the official code later."
        )
        % {"name": name, "before": before, "after": after}
    ),
    "no_government": lambda name: _("%(name)s has no government yet; open it under “Units”.") % {"name": name},
    "no_station": lambda name: _("%(name)s has no station yet; open it under “Stations”.") % {"name": name},
    "estimates": lambda: _(
        "Figures of the divisions that are split are shared out by the shares; mapped to today's divisions they are estimates."
    ),
    "winding_up": lambda station, into: (
        _("The head of %(into)s winds up what is left to do at %(station)s, for a quarter.")
        % {"station": station, "into": into}
    ),
}


def worded(notes: Sequence[Mapping[str, Any]]) -> list[str]:
    """The notes of a report in the reader's language."""
    return [NOTES[note["code"]](**note.get("of", {})) for note in notes if note["code"] in NOTES]


def _notes(shift: Shift) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = [
        {"code": "renumbered", "of": {"name": row.name_zh, "before": before, "after": row.code}}
        for row, before in shift.renumbered
    ]
    if any(len(heirs) > 1 for heirs in shift.heirs.values()):
        notes.append({"code": "estimates"})
    stations = {row.pk for row in shift.stations.values()}
    for row in shift.results:
        if row.level == Level.TOWN and row.type != Division.Type.ZONE:
            if not row.units.filter(kind="town", valid_to=None).exists():
                notes.append({"code": "no_government", "of": {"name": row.name_zh}})
            if row.pk not in stations:
                notes.append({"code": "no_station", "of": {"name": row.name_zh}})
    units = shift.land.stations
    notes += [
        {"code": "winding_up", "of": {"station": units[key].name_zh, "into": units[into].name_zh}}
        for key, into in shift.merged.items()
        if into
    ]
    return notes


def _history_changed(before: Figures, after: Figures) -> str:
    codes = [code for code in before if before[code] != after.get(code)]
    names = "、".join(str(METRICS[code].label) for code in codes)
    return _("Figures as they were would change: %(figures)s. Nothing was written; tell whoever keeps the system.") % {
        "figures": names
    }
