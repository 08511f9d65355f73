"""A service list from a sheet: its rows matched to the lines of a draft, written, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from culture_admin.exchange.actions import open_import
from culture_admin.exchange.cells.money import FEN_IN_YUAN
from culture_admin.exchange.ledgers import CHANGED, NEW, SAME, Plan
from culture_admin.exchange.models import Import
from culture_admin.exchange.records import FaultyCell, Records
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import StepRefused
from culture_admin.workflow.locking import closed_to_change
from stations.models import Station
from stewards import codes
from stewards.actions.contracts import OF_LINE, fault_of_line, set_lines
from stewards.models import Contract, ServiceLine

# The question which contract a list is of; the page of a contract answers it itself.
CONTRACT = "contract"
SAID = (
    "number",
    "item",
    "measure",
    "target",
    "unit_price",
    "weight",
    "station",
    "kind",
    "genre",
    "first",
    "last",
    "orderable",
)
# By field the column of the sheet in which it stands.
_AT = {"unit_price": "fen", "station": "said_station", "kind": "said_kind", "genre": "said_genre"}


def bring_in_lines(*, actor, contract: Contract, file_name: str, content: bytes, at: datetime | None = None) -> Import:
    """Reads the service list of a draft from a sheet and keeps it with its preview; it is applied as every ledger is.

    Raises Unreadable, PermissionDenied, StepRefused for a contract that is not drafted any more.
    """
    if contract.state not in Contract.DRAFTED:
        raise closed_to_change(contract)
    bureau = Unit.objects.select_related("division").filter(kind=Unit.Kind.BUREAU, division=contract.place_id)
    unit = bureau.order_by("pk").first()
    if unit is None:
        raise StepRefused(
            "no_bureau", _("%(county)s has no culture authority.") % {"county": contract.place}, contract.pk
        )
    answers = {CONTRACT: str(contract.pk)}
    return open_import(
        actor=actor, kind="service-lines", unit=unit, file_name=file_name, content=content, answers=answers, at=at
    )[0]


def plan_lines(records: Records, unit: Unit, actor, answers: Mapping[str, str], today: date) -> Plan:
    """Matches the rows to the lines of the draft by number, else by item, measure and station."""
    count = len(records)
    columns: dict[str, list[Any]] = {name: [None] * count for name in SAID}
    plan = Plan(records, [NEW] * count, [None] * count, columns)
    contract = _contract(plan, unit, actor, answers)
    if contract is None:
        message = _("No contract is being drawn up here; draw one up first.")
        plan.notes.append({"row": None, "sheet": "", "code": "no_draft", "message": message})
        plan.status = [None] * count
        return plan
    plan.columns["contract"] = [contract.pk] * count
    stations = _stations(contract)
    words = {name: codes.codes_by_word(name) for name in ("kind", "genre")}
    there = list(contract.lines.select_related("station"))
    covered = {station.pk for station in stations.values()}
    numbers: set[int] = set()
    for position in range(count):
        _read(plan, position, stations, words)
        if plan.status[position]:
            _match(plan, position, contract, there, covered, numbers)
    known = {plan.existing[position] for position in range(count)}
    left = [line for line in there if line.pk not in known]
    if left:
        message = _("%(count)d lines of the contract do not stand in the sheet; they stay as they are.")
        plan.notes.append({"row": None, "sheet": "", "code": "lines_left", "message": message % {"count": len(left)}})
    return plan


def write_lines(plan: Plan, batch: Import, actor, at: datetime) -> int:
    """Writes the service list with the new and changed lines; returns how many those were."""
    changed = plan.positions(NEW) + plan.positions(CHANGED)
    if not changed:
        return 0
    contract = Contract.objects.visible_to(actor).get(pk=plan.columns["contract"][0])
    lines = {line.pk: _said(line) for line in contract.lines.select_related("station").order_by("number")}
    before = [_as_json(said) for said in lines.values()]
    new = []
    for position in sorted(changed):
        said = _entry(plan, position)
        key = plan.existing[position]
        if key is None:
            new.append(said)
        else:
            lines[key] |= said
    taken = {said["number"] for said in lines.values()} | {said["number"] for said in new if "number" in said}
    for said in new:
        if "number" not in said:
            said["number"] = next(number for number in range(1, len(taken) + 2) if number not in taken)
            taken.add(said["number"])
    row = set_lines(actor=actor, contract=contract, lines=[*lines.values(), *new], at=at)
    batch.changes = {"contract": row.pk, "version": row.version, "lines": before}
    return len(changed)


def undo_lines(batch: Import, actor, at: datetime) -> int:
    """Gives the draft the list back that it had before, if nobody has touched it since."""
    if not batch.changes:
        return 0
    contract = Contract.objects.visible_to(actor).get(pk=batch.changes["contract"])
    if contract.version != batch.changes["version"] or contract.state not in Contract.DRAFTED:
        raise StepRefused("touched_since", _("The contract was changed after the import."), contract.pk)
    stations = Station.objects.in_bulk([said["station"] for said in batch.changes["lines"] if said["station"]])
    set_lines(
        actor=actor, contract=contract, lines=[_from_json(said, stations) for said in batch.changes["lines"]], at=at
    )
    return batch.rows_written


def _contract(plan: Plan, unit: Unit, actor, answers: Mapping[str, str]) -> Contract | None:
    """The draft that the list is of: the one answered, the only one, or the latest until somebody says which."""
    drafts = Contract.objects.visible_to(actor, "decide").filter(state__in=Contract.DRAFTED)
    here = list(drafts.filter(place__in=unit.division.ancestry).order_by("-pk"))
    labels = {str(one.pk): str(one) for one in here}
    chosen = answers.get(CONTRACT)
    if len(here) > 1 and chosen not in labels:
        plan.records.questions.append(
            {
                "id": CONTRACT,
                "text": _("Of which contract is this the service list?"),
                "choices": list(labels),
                "labels": labels,
                "assumed": str(here[0].pk),
            }
        )
    return next((one for one in here if str(one.pk) == chosen), here[0] if here else None)


def _stations(contract: Contract) -> dict[str, Station]:
    """The stations of the contract by every name a sheet may call them."""
    found = {}
    for covered in contract.coverage.select_related("station__unit", "station__division"):
        station = covered.station
        for name in (station.unit.name_zh, station.unit.name_en, station.division.name_zh, station.division.name_en):
            if name:
                found[name.lower()] = station
    return found


def _read(plan: Plan, position: int, stations: Mapping[str, Station], words: Mapping[str, Mapping[str, str]]) -> None:
    values = plan.records.values
    for name in SAID:
        if name not in _AT:
            plan.columns[name][position] = values[name][position]
    amount = values["fen"][position]
    plan.columns["unit_price"][position] = None if amount is None else Decimal(amount) / FEN_IN_YUAN
    for name in ("station", "kind", "genre"):
        written = values[f"said_{name}"][position]
        known: Mapping[str, Any] = stations if name == "station" else words[name]
        found = known.get(written.lower()) if written else None
        if written and found is None:
            message = (
                _("The contract does not cover “%(value)s”.")
                if name == "station"
                else _("There is no such code: %(code)s.")
            )
            _refuse(plan, position, name, f"{name}_unknown", message % {"value": written, "code": f"“{written}”"})
        plan.columns[name][position] = found


def _match(
    plan: Plan, position: int, contract: Contract, there: list[ServiceLine], covered: set[int], numbers: set[int]
) -> None:
    said = _entry(plan, position)
    found = next((line for line in there if _is_it(line, said)), None)
    if found and found.pk in plan.existing:
        found = None
    whole = {"number": position + 1, "first": contract.begins_on, "last": contract.ends_on}
    row = ServiceLine(contract=contract, **whole | (_said(found) if found else {}) | said)
    fault = fault_of_line(row, contract, covered, numbers)
    if "number" in said:
        numbers.add(said["number"])
    if fault:
        _refuse(plan, position, fault.field, fault.code, fault.text)
    elif found:
        plan.existing[position] = found.pk
        plan.status[position] = SAME if all(getattr(found, name) == value for name, value in said.items()) else CHANGED


def _is_it(line: ServiceLine, said: Mapping[str, Any]) -> bool:
    if "number" in said:
        return line.number == said["number"]
    station = said.get("station")
    return (line.item, line.measure, line.station_id) == (said.get("item"), said.get("measure"), station and station.pk)


def _entry(plan: Plan, position: int) -> dict[str, Any]:
    """What the row says; what it leaves empty is not said."""
    return {name: value for name in SAID if (value := plan.columns[name][position]) is not None}


def _said(line: ServiceLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in (*OF_LINE, "first", "last")}


def _as_json(said: Mapping[str, Any]) -> dict[str, Any]:
    station = said["station"]
    plain = {name: str(said[name]) for name in ("target", "unit_price", "first", "last")}
    return {**said, "station": station and station.pk, **plain}


def _from_json(said: Mapping[str, Any], stations: Mapping[int, Station]) -> dict[str, Any]:
    days = {name: date.fromisoformat(said[name]) for name in ("first", "last")}
    numbers = {name: Decimal(said[name]) for name in ("target", "unit_price")}
    return {**said, "station": stations.get(said["station"]), **days, **numbers}


def _refuse(plan: Plan, position: int, field: str, code: str, message: str) -> None:
    column = {"unit_price": "fen", "station": "_station", "kind": "_kind", "genre": "_genre"}.get(field, field)
    value = plan.records.values.get(_AT.get(field, field), [None] * (position + 1))[position]
    cell: FaultyCell = {
        "column": plan.records.words.get(column),
        "value": "" if value is None else str(value),
        "code": code,
        "message": message,
    }
    row, sheet = plan.records.rows[position], plan.records.sheets[position]
    earlier = next((one for one in plan.refusals if (one["row"], one["sheet"]) == (row, sheet)), None)
    if earlier:
        earlier["also"].append(cell)
    else:
        plan.refusals.append({"row": row, "sheet": sheet, **cell, "also": []})
    plan.status[position] = None
