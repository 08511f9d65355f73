"""Plans as people write them, and a change taken through its steps."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from culture_admin.boundaries.actions import draft_change, try_change
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.workflow.actions import perform
from tests.district import NOW, TODAY, District

# Tomorrow, and noon of it in Shanghai.
TOMORROW = date(2026, 5, 21)
NEXT_NOON = datetime(2026, 5, 21, 4, 0, tzinfo=UTC)
DOCUMENT = "试政函〔2026〕9号"


def share(unit, part: str = "1") -> dict[str, Any]:
    return {"unit": unit.pk, "share": part}


def renaming(unit, name: str = "新镇", **more) -> dict[str, Any]:
    return {"units": [unit.pk], "outcomes": [{"shares": [share(unit)], "name_zh": name, **more}]}


def merging(*units, stations=(), code: str = "990101103", name: str = "合镇", **more) -> dict[str, Any]:
    outcome = {"shares": [share(unit) for unit in units], "code": code, "name_zh": name, "type": "town", **more}
    return {"units": [unit.pk for unit in units], "outcomes": [outcome], "stations": list(stations)}


def splitting(unit, *parts: tuple[str, str, str], children=(), stations=(), **more) -> dict[str, Any]:
    """parts: code, name and share of each."""
    outcomes = [
        {"shares": [share(unit, part)], "code": code, "name_zh": name, "type": "town", **more}
        for code, name, part in parts
    ]
    return {"units": [unit.pk], "outcomes": outcomes, "children": list(children), "stations": list(stations)}


def drawn(district: District, kind: str, plan: dict[str, Any], on: date = TOMORROW, **more) -> BoundaryChange:
    """A draft of the bureau's administrator, unless said otherwise."""
    entries = {"kind": kind, "effective_on": on, "document": DOCUMENT, "at": NOW, "actor": district.bureau_admin} | more
    return draft_change(**entries, **plan)


def checked(district: District, change: BoundaryChange) -> BoundaryChange:
    """Tried out, handed over, and consented to by the leader."""
    change = try_change(actor=district.bureau_admin, boundarychange=change, at=NOW)
    perform(change, "propose", actor=district.bureau_admin, at=NOW)
    perform(change, "check", actor=district.bureau_leader, at=NOW)
    return change


def applied(district: District, kind: str, plan: dict[str, Any], on: date = TOMORROW) -> BoundaryChange:
    """The whole way, applied by the system administrator at noon of the next day."""
    change = checked(district, drawn(district, kind, plan, on))
    perform(change, "apply", actor=district.system_admin, at=NEXT_NOON)
    change.refresh_from_db()
    return change


__all__ = ["DOCUMENT", "NEXT_NOON", "NOW", "TODAY", "TOMORROW", "applied", "checked", "drawn"]
