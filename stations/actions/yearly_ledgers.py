"""The national form of a year: its rows compared with the facts that are entered, written, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from culture_admin.exchange.ledgers import CHANGED, NEW, SAME, Plan
from culture_admin.exchange.models import Import
from culture_admin.exchange.records import Records
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import StepRefused
from stations.actions.yearly import enter_facts, open_facts
from stations.models import Station, YearlyFacts
from stations.models.yearly import EARLIEST_YEAR, MONEY


def plan_facts(records: Records, unit: Unit, actor, answers: Mapping[str, str], today: date) -> Plan:
    """Compares the numbers of the form with the station's facts of its year; what the form leaves empty stays as it is."""
    columns = {name: list(records.values[name]) for name in ("indicator", "fact", "value", "year")}
    plan = Plan(records, [SAME] * len(records), [None] * len(records), columns)
    year = next((year for year in columns["year"] if year), None)
    there = YearlyFacts.objects.filter(station_id=unit.pk, year=year).first() if year else None
    seen: dict[str, int] = {}
    for position, fact in enumerate(columns["fact"]):
        value = columns["value"][position]
        if not fact or value is None:
            continue
        fault = _fault_of_form(columns["year"][position], year, there, today) or _fault_of_row(plan, position, seen)
        if fault:
            _refuse(plan, position, *fault)
            continue
        before = getattr(there, fact) if there else None
        plan.existing[position] = there.pk if there else None
        plan.status[position] = SAME if before == value else NEW if before is None else CHANGED
    _refuse_parts(plan, year, there, unit)
    return plan


def write_facts(plan: Plan, batch: Import, actor, at: datetime) -> int:
    """Enters the facts the form says otherwise, in one go; opens the year where it is not open. Returns how many that were."""
    written = [*plan.positions(NEW), *plan.positions(CHANGED)]
    if not written:
        return 0
    year = plan.columns["year"][written[0]]
    station = Station.objects.select_related("division", "unit", "county").get(pk=batch.unit_id)
    facts = YearlyFacts.objects.filter(station=station, year=year).first()
    facts = facts or open_facts(actor=actor, station=station, year=year, at=at)
    said = {plan.columns["fact"][position]: plan.columns["value"][position] for position in written}
    before = {name: _kept(getattr(facts, name)) for name in said}
    facts = enter_facts(actor=actor, yearlyfacts=facts, at=at, **said)
    batch.changes = {"facts": facts.pk, "version": facts.version, "before": before}
    return len(written)


def undo_facts(batch: Import, actor, at: datetime) -> int:
    """Gives the facts back what they were before, if nobody has touched or handed them in since; the year stays open."""
    if not batch.changes:
        return 0
    facts = YearlyFacts.objects.get(pk=batch.changes["facts"])
    if facts.version != batch.changes["version"] or facts.state not in YearlyFacts.OPEN:
        raise StepRefused("touched_since", _("The facts of the year were changed or handed in after the import."))
    before = {
        name: Decimal(value) if value is not None and name in MONEY else value
        for name, value in batch.changes["before"].items()
    }
    enter_facts(actor=actor, yearlyfacts=facts, at=at, **before)
    return len(before)


def _kept(value: int | Decimal | None) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


def _fault_of_form(
    said: int | None, year: int | None, there: YearlyFacts | None, today: date
) -> tuple[str, str, str] | None:
    """What is wrong with the year of a row, or with the facts that it would change."""
    if year is None:
        return (
            "value",
            "year_missing",
            _("Say in the title or the file's name which year the form is of, such as 2025年."),
        )
    if said != year:
        return "value", "year_differs", _("The file holds forms of several years; send each by itself.")
    if not EARLIEST_YEAR <= year <= today.year:
        message = _("A year from %(first)d to this one is expected.") % {"first": EARLIEST_YEAR}
        return "value", "year_range", message
    if there and there.state not in YearlyFacts.OPEN:
        message = _("The facts of %(year)d are “%(state)s”; they change when the town or the bureau has returned them.")
        return "value", "facts_closed", message % {"year": year, "state": there.get_state_display()}
    return None


def _fault_of_row(plan: Plan, position: int, seen: dict[str, int]) -> tuple[str, str, str] | None:
    """What is wrong with the number by itself, or that the fact stands twice."""
    fact, value = plan.columns["fact"][position], plan.columns["value"][position]
    first = seen.setdefault(fact, position)
    if first != position:
        message = _("This fact stands in row %(row)d already.") % {"row": plan.records.rows[first]}
        return "indicator", "fact_twice", message
    try:
        YearlyFacts._meta.get_field(fact).clean(value, None)
    except ValidationError as refused:
        return "value", refused.error_list[0].code or "invalid", " ".join(refused.messages)
    return None


def _refuse_parts(plan: Plan, year: int | None, there: YearlyFacts | None, unit: Unit) -> None:
    """Refuses the rows of a part that is more than the whole, as the two will stand together."""
    facts = there or YearlyFacts(station_id=unit.pk, year=year or EARLIEST_YEAR)
    at: dict[str, int] = {}
    for position in (*plan.positions(NEW), *plan.positions(CHANGED), *plan.positions(SAME)):
        fact = plan.columns["fact"][position]
        if fact and plan.columns["value"][position] is not None:
            at[fact] = position
            setattr(facts, fact, plan.columns["value"][position])
    try:
        facts.clean()
    except ValidationError as refused:
        for name, errors in refused.error_dict.items():
            position = at.get(name, next(iter(at.values()), 0))
            _refuse(plan, position, "value", errors[0].code or "invalid", " ".join(refused.message_dict[name]))


def _refuse(plan: Plan, position: int, field: str, code: str, message: str) -> None:
    columns: dict[str, Any] = plan.columns
    plan.status[position] = None
    plan.refusals.append(
        {
            "row": plan.records.rows[position],
            "sheet": plan.records.sheets[position],
            "column": plan.records.words.get("_number" if field == "value" else field),
            "value": f"{columns['indicator'][position]} {columns['value'][position]}",
            "code": code,
            "message": message,
            "also": [],
        }
    )
