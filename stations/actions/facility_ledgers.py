"""A facility register: its rows matched to the station's facilities by name, written, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culture_admin.exchange.ledgers import CHANGED, NEW, SAME, Plan
from culture_admin.exchange.models import Import
from culture_admin.exchange.records import FaultyCell, Records
from culture_admin.territory.models import Unit, in_force
from culture_admin.workflow.actions import StepRefused
from stations.actions.premises import add_facility, change_facility, withdraw_facility
from stations.models import Facility, Station

# What the sheet may say of a facility that is there already; the name is what it is found by.
SAID = ("use", "floor_area", "capacity", "opening_hours")
TEXTS = ("use", "opening_hours")
UNSAID = "—"


def plan_facilities(records: Records, unit: Unit, actor, answers: Mapping[str, str], today: date) -> Plan:
    """Matches the rows of a register to the facilities in use today; what the sheet leaves empty stays as it is."""
    values, count = records.values, len(records)
    columns = {name: list(values[name]) for name in ("name", *SAID, "valid_from")}
    plan = Plan(records, [NEW] * count, [None] * count, columns)
    there = {room.name: room for room in Facility.objects.filter(in_force(today), station_id=unit.pk)}
    seen: dict[str, int] = {}
    for position in range(count):
        name = columns["name"][position]
        _refuse_faulty(plan, position, today, seen.get(name))
        seen.setdefault(name, position)
        room = there.get(name)
        if plan.status[position] and room:
            plan.existing[position] = room.pk
            plan.status[position] = CHANGED if _differing(plan, position, room) else SAME
    return plan


def write_facilities(plan: Plan, batch: Import, actor, at: datetime) -> int:
    """Enters the new facilities and corrects the others; returns how many that were."""
    station = Station.objects.select_related("division", "unit").get(pk=batch.unit_id)
    new, changed = plan.positions(NEW), plan.positions(CHANGED)
    for position in new:
        said = {name: plan.columns[name][position] for name in ("name", *SAID)}
        said |= {name: said[name] or "" for name in TEXTS}
        said["use"] = said["use"] or UNSAID
        since = plan.columns["valid_from"][position] or date(at.year, 1, 1)
        add_facility(actor=actor, station=station, valid_from=since, batch=batch, **said)
    rooms = Facility.objects.select_related("station__division").in_bulk(
        [plan.existing[position] for position in changed]
    )
    for position in changed:
        room = rooms[plan.existing[position] or 0]
        differing = _differing(plan, position, room)
        before = {name: getattr(room, name) for name in differing}
        batch.changes[str(room.pk)] = {"version": room.version + 1, **before}
        change_facility(actor=actor, facility=room, at=at, **differing)
    return len(new) + len(changed)


def undo_facilities(batch: Import, actor, at: datetime) -> int:
    """Takes back the facilities the import entered and gives the corrected ones their content back, if nobody touched them."""
    made = list(Facility.objects.filter(batch=batch).select_related("station__division"))
    changed = Facility.objects.select_related("station__division").in_bulk([int(key) for key in batch.changes])
    touched = sum(room.version != 1 or room.uses.exists() or room.closures.exists() for room in made)
    touched += sum(room.version != batch.changes[str(key)]["version"] for key, room in changed.items())
    if touched:
        raise StepRefused(
            "touched_since",
            _("%(count)d of the rows were changed after the import; they would be lost.") % {"count": touched},
        )
    for room in made:
        withdraw_facility(actor=actor, facility=room, at=at)
    for key, room in changed.items():
        before = dict(batch.changes[str(key)])
        before.pop("version")
        change_facility(actor=actor, facility=room, at=at, **before)
    return len(made) + len(changed)


def _differing(plan: Plan, position: int, room: Facility) -> dict[str, Any]:
    """What the sheet says otherwise of a facility."""
    said = {name: plan.columns[name][position] for name in SAID}
    return {name: value for name, value in said.items() if value is not None and value != getattr(room, name)}


def _refuse_faulty(plan: Plan, position: int, today: date, earlier: int | None) -> None:
    """Applies the declarations of the model's fields, and the rules a register adds to them."""
    columns, faults = plan.columns, []
    for name in ("name", *SAID):
        value = columns[name][position]
        if value is None:
            continue
        try:
            Facility._meta.get_field(name).clean(value, None)
        except ValidationError as refused:
            faults.append((name, refused.error_list[0].code or "invalid", " ".join(refused.messages)))
    since = columns["valid_from"][position]
    if since and since > today:
        faults.append(("valid_from", "in_the_future", _("%(day)s is in the future.") % {"day": since}))
    if earlier is not None:
        message = _("This facility stands in row %(row)d already.") % {"row": plan.records.rows[earlier]}
        faults.append(("name", "facility_twice", message))
    if not faults:
        return
    cells: list[FaultyCell] = [
        {
            "column": plan.records.words.get(field),
            "value": str(columns[field][position]),
            "code": code,
            "message": message,
        }
        for field, code, message in faults
    ]
    plan.status[position] = None
    plan.refusals.append(
        {"row": plan.records.rows[position], "sheet": plan.records.sheets[position], **cells[0], "also": cells[1:]}
    )
