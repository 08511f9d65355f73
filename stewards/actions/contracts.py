"""Drawing up a contract: its terms, the towns it covers, its service list, its payment plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.territory.models import Division
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from stations.models import Station
from stewards import codes
from stewards.actions.credit import barred, why_barred
from stewards.actions.standings import exit_rule
from stewards.models import Contract, Coverage, FactorStep, PlannedPayment, ServiceLine

POWER = "stewards.contracts"
# Order of the Ministry of Finance no. 102, Art. 24: a year, and up to three for stable services that come again.
LONGEST_YEARS = 3
MOST_LINES, MOST_INSTALMENTS = 200, 12
# DOMAIN.md §6.3.
USUAL_PLAN: tuple[Mapping[str, Any], ...] = (
    {"share": 40, "when": PlannedPayment.When.SIGNED},
    {"share": 30, "when": PlannedPayment.When.HALFWAY, "by_performance": True},
    {"share": 30, "when": PlannedPayment.When.ACCEPTED, "by_performance": True},
)
USUAL_FACTORS: tuple[Mapping[str, int], ...] = (
    {"least": 90, "percent": 100},
    {"least": 80, "percent": 90},
    {"least": 70, "percent": 80},
    {"least": 60, "percent": 60},
    {"least": 0, "percent": 0},
)
CHANGEABLE = frozenset(
    {
        "number", "name", "firm", "method", "single_reason", "budget", "amount", "manager", "headcount", "begins_on",
        "ends_on", "renewals_left", "quantity_share", "quality_share", "towns_share", "public_share", "absence_rate",
        "cancel_rate", "acceptance_terms", "breach_terms",
    }
)  # fmt: skip


OF_LINE = ("number", "item", "measure", "station", "kind", "genre", "target", "unit_price", "weight", "orderable")


def draft_contract(
    *,
    actor,
    place: Division,
    stations: Sequence[Station],
    lines: Sequence[Mapping[str, Any]] = (),
    plan: Sequence[Mapping[str, Any]] = USUAL_PLAN,
    factors: Sequence[Mapping[str, int]] = USUAL_FACTORS,
    at: datetime | None = None,
    **terms: Any,
) -> Contract:
    """Draws up a contract of the bureau of `place` (a county) with a firm, for the towns of `stations`.

    terms: `number`, `name`, `firm`, `method`, `budget`, `amount`, `headcount`, `begins_on`, `ends_on` and what else the model has.
    lines: as `set_lines` takes them; plan, factors: as `set_terms`. Raises ValidationError by field, PermissionDenied.
    """
    at = at or timezone.now()
    office, _verb = require(actor.offices, POWER, ("decide",), path=place.path)
    with acting(actor):
        contract = Contract(place=place, drafted_by=actor, recorded_at=at, **terms)
        _check(contract, timezone.localdate(at))
        contract.save()
        _cover(contract, stations)
        _write_lines(contract, lines)
        _write_terms(contract, plan, factors)
        # What is decided on is what is kept: 5000 yuan are 5000.00 there.
        contract.refresh_from_db()
        record_entry(contract, step="draft", office=office, actor=actor, at=at)
    return contract


def change_contract(
    *,
    actor,
    contract: Contract,
    seen: int | None = None,
    at: datetime | None = None,
    stations: Sequence[Station] | None = None,
    lines: Sequence[Mapping[str, Any]] | None = None,
    plan: Sequence[Mapping[str, Any]] | None = None,
    factors: Sequence[Mapping[str, int]] | None = None,
    **changes: Any,
) -> Contract:
    """Changes what is not signed yet; `stations`, `lines`, `plan` and `factors` are written anew where they are given.

    Lines that run through the whole term run through the new one. Raises ValidationError by field, StepRefused, PermissionDenied.
    """
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    at = at or timezone.now()
    with acting(actor):
        row, office = draft_of(actor, contract, seen)
        term = (row.begins_on, row.ends_on)
        for name, value in changes.items():
            setattr(row, name, value)
        _check(row, timezone.localdate(at))
        if stations is not None:
            row.coverage.all().delete()
            _cover(row, stations)
        if lines is not None or stations is not None or term != (row.begins_on, row.ends_on):
            kept = [_as_said(line, term) for line in row.lines.select_related("station")] if lines is None else lines
            row.lines.all().delete()
            _write_lines(row, kept)
        if plan is not None or factors is not None:
            _rewrite_terms(row, plan, factors)
        _saved(row, office, actor, at)
    return row


def set_lines(
    *,
    actor,
    contract: Contract,
    lines: Sequence[Mapping[str, Any]],
    seen: int | None = None,
    at: datetime | None = None,
) -> Contract:
    """Writes the service list of a draft anew: of each line `item`, `measure`, `target`, `unit_price`, `weight`, and as far as
    it has them `number`, `station`, `kind`, `genre`, `first`, `last`, `orderable`.

    Raises ValidationError (`lines`: what is wrong with which), StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row, office = draft_of(actor, contract, seen)
        row.lines.all().delete()
        _write_lines(row, lines)
        _saved(row, office, actor, at)
    return row


def set_terms(
    *,
    actor,
    contract: Contract,
    plan: Sequence[Mapping[str, Any]],
    factors: Sequence[Mapping[str, int]],
    seen: int | None = None,
    at: datetime | None = None,
) -> Contract:
    """Writes the payment plan (`share`, `when`, `due_on`, `by_performance`) and the steps of the factor (`least`, `percent`) anew.

    Raises ValidationError by field, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row, office = draft_of(actor, contract, seen)
        _rewrite_terms(row, plan, factors)
        _saved(row, office, actor, at)
    return row


def draft_of(actor, contract: Contract, seen: int | None):
    """The contract, locked, and the office in which the actor may change it. Raises StepRefused, PermissionDenied."""
    row = lock(Contract.objects.visible_to(actor).select_related("place", "firm__unit"), contract, seen)
    office, _verb = require(actor.offices, POWER, ("decide",), path=row.place.path)
    if row.state not in Contract.DRAFTED:
        raise closed_to_change(row)
    return row, office


def _saved(row: Contract, office, actor, at: datetime) -> None:
    row.version += 1
    row.save()
    row.refresh_from_db()
    record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)


def _check(contract: Contract, today: date) -> None:
    faults: dict[str, ValidationError] = {}
    if contract.begins_on and contract.ends_on:
        longest = last_day(contract.begins_on, LONGEST_YEARS)
        if contract.ends_on > longest:
            message = _("A contract runs for three years at most: until %(day)s.") % {"day": longest}
            faults["ends_on"] = ValidationError(message, code="too_long")
    if contract.method == Contract.Method.SINGLE_SOURCE and not contract.single_reason.strip():
        message = _("Say why there is a single source (Government Procurement Law, Art. 31).")
        faults["single_reason"] = ValidationError(message, code="required")
    if contract.firm_id and not contract.firm.unit.division.path.startswith(contract.place.path):
        message = _("This service provider is registered for another county.")
        faults["firm"] = ValidationError(message, code="firm_elsewhere")
    elif contract.firm_id and (penalty := barred(contract.firm, today)):
        faults["firm"] = ValidationError(why_barred(penalty), code="firm_barred")
    elif contract.firm_id and (out := exit_rule(contract.firm, today)):
        faults["firm"] = ValidationError(out.text, code=out.code)
    if faults:
        raise ValidationError(faults)
    contract.full_clean()


def last_day(first: date, years: int) -> date:
    """The last day of a term of so many years."""
    try:
        after = first.replace(year=first.year + years)
    except ValueError:  # 29 February
        after = date(first.year + years, 3, 1)
    return after - timedelta(days=1)


def _cover(contract: Contract, stations: Sequence[Station]) -> None:
    chosen = {station.pk: station for station in stations}
    if not chosen:
        raise ValidationError({"stations": ValidationError(_("A contract covers at least one town."), code="required")})
    for station in chosen.values():
        if station.county_id != contract.place_id:
            message = _("%(station)s does not lie in %(county)s.")
            names = {"station": station.name, "county": contract.place.name}
            raise ValidationError({"stations": ValidationError(message, code="station_elsewhere", params=names)})
    Coverage.objects.bulk_create([Coverage(contract=contract, station=station) for station in chosen.values()])


def _write_lines(contract: Contract, lines: Sequence[Mapping[str, Any]]) -> None:
    if len(lines) > MOST_LINES:
        message = _("A service list has at most %(most)d lines.") % {"most": MOST_LINES}
        raise ValidationError({"lines": ValidationError(message, code="max_length")})
    covered = set(contract.coverage.values_list("station_id", flat=True))
    rows, numbers = [], set()
    for at, said in enumerate(lines, 1):
        usual = {"number": at, "first": contract.begins_on, "last": contract.ends_on}
        row = ServiceLine(
            contract=contract, **usual | {name: value for name, value in said.items() if value is not None}
        )
        fault = fault_of_line(row, contract, covered, numbers)
        if fault:
            label = ServiceLine._meta.get_field(fault.field).verbose_name
            said_so = {"number": row.number, "what": f"{label}: {fault.text}"}
            message = _("Line %(number)s: %(what)s") % said_so
            raise ValidationError({"lines": ValidationError(message, code=fault.code)})
        numbers.add(row.number)
        rows.append(row)
    ServiceLine.objects.bulk_create(rows)


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong with a line: the field, a stable code, and a sentence without the line's number."""

    field: str
    code: str
    text: str


def fault_of_line(row: ServiceLine, contract: Contract, covered: Set[int], numbers: Set[int]) -> LineFault | None:
    """The first thing that is wrong with a line; `numbers` are those of the lines before it."""
    try:
        # What holds between rows is looked at below, for all lines at once.
        row.full_clean(validate_unique=False, exclude=["contract"])
    except ValidationError as refused:
        name, errors = next(iter(refused.error_dict.items()))
        field = "last" if name == "__all__" else name
        return LineFault(field, errors[0].code or "invalid", str(errors[0].messages[0]))
    for name in ("kind", "genre"):
        code = getattr(row, name)
        if code and code not in codes.words_of(name):
            return LineFault(name, "unknown_code", _("There is no such code: %(code)s.") % {"code": f"“{code}”"})
    if row.number in numbers:
        return LineFault("number", "number_twice", _("This number stands twice."))
    if row.station_id and row.station_id not in covered:
        return LineFault("station", "not_covered", _("The contract does not cover the town of this station."))
    if row.first < contract.begins_on or row.last > contract.ends_on:
        term = {"first": contract.begins_on, "last": contract.ends_on}
        text = _("Its time lies within the term, %(first)s to %(last)s.") % term
        return LineFault("first" if row.first < contract.begins_on else "last", "outside_term", text)
    return None


def _write_terms(contract: Contract, plan: Sequence[Mapping[str, Any]], factors: Sequence[Mapping[str, int]]) -> None:
    instalments = [PlannedPayment(contract=contract, number=number, **said) for number, said in enumerate(plan, 1)]
    if not 1 <= len(instalments) <= MOST_INSTALMENTS:
        message = _("A plan has from one to %(most)d instalments.") % {"most": MOST_INSTALMENTS}
        raise ValidationError({"plan": ValidationError(message, code="instalments_number")})
    _clean_each("plan", instalments)
    if any(one.on_signing and one.by_performance for one in instalments):
        message = _("What is due on signing is not paid by performance: nothing is performed yet.")
        raise ValidationError({"plan": ValidationError(message, code="performance_on_signing")})
    shares = sum(one.share for one in instalments)
    if shares != 100:
        message = _("The instalments add up to %(sum)d %%, not to 100.") % {"sum": shares}
        raise ValidationError({"plan": ValidationError(message, code="shares_sum")})
    steps = sorted((FactorStep(contract=contract, **said) for said in factors), key=lambda one: -one.least)
    _clean_each("factors", steps)
    if len({step.least for step in steps}) < len(steps):
        message = _("Two steps begin at the same score.")
        raise ValidationError({"factors": ValidationError(message, code="step_twice")})
    if any(higher.percent < lower.percent for higher, lower in pairwise(steps)):
        message = _("A higher score is paid no less than a lower one.")
        raise ValidationError({"factors": ValidationError(message, code="steps_order")})
    if any(one.by_performance for one in instalments) and not steps:
        message = _("What is paid by performance needs the steps of the factor.")
        raise ValidationError({"factors": ValidationError(message, code="required")})
    PlannedPayment.objects.bulk_create(instalments)
    FactorStep.objects.bulk_create(steps)


def _rewrite_terms(
    row: Contract, plan: Sequence[Mapping[str, Any]] | None, factors: Sequence[Mapping[str, int]] | None
) -> None:
    """Writes plan and factor anew; what is not given stays as it was."""
    if plan is None:
        plan = list(row.plan.values("share", "when", "due_on", "by_performance"))
    if factors is None:
        factors = list(row.factors.values("least", "percent"))
    row.plan.all().delete()
    row.factors.all().delete()
    _write_terms(row, plan, factors)


def _as_said(line: ServiceLine, term: tuple[date, date]) -> dict[str, Any]:
    """A line as it was said; without its days where they are the whole of the term."""
    said = {name: getattr(line, name) for name in OF_LINE}
    return said if (line.first, line.last) == term else said | {"first": line.first, "last": line.last}


def _clean_each(name: str, rows: Sequence[Any]) -> None:
    for at, row in enumerate(rows, 1):
        try:
            row.full_clean(validate_unique=False, exclude=["contract"])
        except ValidationError as refused:
            field, errors = next(iter(refused.error_dict.items()))
            label = row._meta.get_field(field).verbose_name if field != "__all__" else ""
            message = _("Line %(number)s: %(what)s") % {
                "number": at,
                "what": f"{label} {errors[0].messages[0]}".strip(),
            }
            raise ValidationError({name: ValidationError(message, code=errors[0].code or "invalid")}) from refused


def cost_of(lines: Sequence[ServiceLine]) -> Decimal:
    """What the lines of a service list cost together, in yuan."""
    return sum((line.amount for line in lines), Decimal(0))
