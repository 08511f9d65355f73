"""Acceptance of a contract for an instalment: the sheet is counted, submitted, signed by its members, and accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import StepRefused, follow, record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from stewards.actions.acceptance_lines import count_lines
from stewards.actions.payment_clock import owe_payment
from stewards.models import Acceptance, AcceptanceLine, Contract, Deduction, Evaluation, PlannedPayment, Signature
from stewards.paying import Worked, gross_of, work_out

POWER, SIGNATURES = "stewards.acceptances", "stewards.signatures"
# Who answers for an acceptance with the buyer is never alone (Government Procurement Law, Art. 41).
FEWEST = 3
COUNTED = ("target", "done", "evidence", "verified", "points")


def draw_up(
    *,
    actor,
    contract: Contract,
    instalment: PlannedPayment,
    first: date,
    last: date,
    evaluation: Evaluation | None = None,
    members: Sequence[Unit] = (),
    conclusion: str = "",
    at: datetime | None = None,
) -> Acceptance:
    """Draws up the sheet by which an instalment is accepted, for the time from `first` to `last`, both in it.

    members: the units that sign: the bureau and each town that the contract covers, by its government or its station. Without
    them it is `usual_members`. Raises ValidationError by field, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        held = lock(_contracts(actor), contract, None)
        office, _verb = require(actor.offices, POWER, ("decide",), path=held.place.path)
        if held.state not in Contract.DELIVERING:
            raise closed_to_change(held)
        acceptance = Acceptance(
            contract=held,
            instalment=_instalment(held, instalment),
            evaluation=evaluation,
            first=first,
            last=last,
            conclusion=conclusion,
            drawn_up_by=actor,
            drawn_up_at=at,
        )
        _check(acceptance, timezone.localdate(at))
        signing = _members(held, members)
        taken = _work_out(acceptance)
        acceptance.full_clean()
        acceptance.save()
        AcceptanceLine.objects.bulk_create(count_lines(acceptance))
        Signature.objects.bulk_create(
            Signature(acceptance=acceptance, unit=unit, station_id=unit.pk if unit.kind == Unit.Kind.STATION else None)
            for unit in signing
        )
        _take(acceptance, taken)
        acceptance.refresh_from_db()
        record_entry(acceptance, step="draw_up", office=office, actor=actor, at=at)
    return acceptance


def change_acceptance(
    *,
    actor,
    acceptance: Acceptance,
    comments: Sequence[Mapping[str, Any]] = (),
    seen: int | None = None,
    at: datetime | None = None,
    **changes: Any,
) -> Acceptance:
    """Counts a sheet anew, as long as it is drawn up and not submitted, for another time or evaluation where one is given.

    changes: `first`, `last`, `evaluation`, `conclusion`. comments: what is said of lines, each with `line`, its number, and
    `comment`. Raises
    ValidationError by field, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row = lock(_acceptances(actor), acceptance, seen)
        office, _verb = require(actor.offices, POWER, ("decide",), path=row.contract.place.path)
        if row.state != Acceptance.State.DRAWN_UP:
            raise closed_to_change(row)
        row.contract = lock(_contracts(actor), row.contract, None)
        row.instalment = _instalment(row.contract, row.instalment)
        for name in ("first", "last", "evaluation", "conclusion"):
            setattr(row, name, changes.get(name, getattr(row, name)))
        _check(row, timezone.localdate(at))
        row.deductions.update(acceptance=None)
        taken = _work_out(row)
        row.version += 1
        row.full_clean()
        row.save()
        _recount(row, {one["line"]: one["comment"] for one in comments})
        _take(row, taken)
        row.refresh_from_db()
        record_entry(row, step="change", office=office, actor=actor, at=at, from_state=row.state)
    return row


def usual_members(contract: Contract) -> list[Unit]:
    """The bureau and the station of each town covered; where that are fewer than three, the towns' governments too."""
    bureau, stations, towns = _parties(contract)
    members = [*bureau[:1], *stations]
    return members if len(members) >= FEWEST else [*members, *towns]


def ask_members(acceptances: Sequence[Acceptance], actor, at: datetime) -> None:
    """Submitting freezes the sheet and asks the members; what was counted has to be what is there today."""
    for acceptance in acceptances:
        contract = _contracts(actor).get(pk=acceptance.contract_id)
        fresh = Acceptance(
            pk=acceptance.pk,
            contract=contract,
            instalment=_instalment(contract, acceptance.instalment),
            evaluation=acceptance.evaluation,
            first=acceptance.first,
            last=acceptance.last,
        )
        _check(fresh, timezone.localdate(at))
        _work_out(fresh)
        if fresh.workings != acceptance.workings or _numbers(count_lines(fresh)) != _numbers(acceptance.lines.all()):
            text = _("What was delivered, deducted or agreed has changed since the sheet was counted. Count it anew.")
            raise StepRefused("outdated", text, acceptance.pk)
    follow(
        Signature.objects.filter(acceptance__in=acceptances),
        "ask",
        actor=actor,
        at=at,
        comment=_("The acceptance sheet is submitted."),
    )


def note_acceptance(acceptances: Sequence[Acceptance], actor, at: datetime) -> None:
    """What is accepted is owed from now on; with the last instalment the contract is accepted."""
    Acceptance.objects.filter(pk__in=[one.pk for one in acceptances]).update(accepted_on=timezone.localdate(at))
    owe_payment(acceptances, at)
    final = [one.contract_id for one in acceptances if is_last(one)]
    if final:
        follow(
            Contract.objects.filter(pk__in=final),
            "accept",
            actor=actor,
            at=at,
            comment=_("The last instalment is accepted."),
        )


def release(acceptances: Sequence[Acceptance], actor, at: datetime) -> None:
    """What comes to nothing is not signed any more, the deductions taken into it are left for another, and a contract that was
    accepted by it waits for acceptance again.
    """
    follow(
        Contract.objects.filter(pk__in=[one.contract_id for one in acceptances]),
        "await",
        actor=actor,
        at=at,
        comment=_("Its last acceptance came to nothing."),
    )
    Deduction.objects.filter(acceptance__in=acceptances).update(acceptance=None, version=F("version") + 1)
    follow(
        Signature.objects.filter(acceptance__in=acceptances),
        "release",
        actor=actor,
        at=at,
        comment=_("The acceptance sheet came to nothing."),
    )


def note_signature(signatures: Sequence[Signature], actor, at: datetime) -> None:
    """A member signs in his own name."""
    Signature.objects.filter(pk__in=[one.pk for one in signatures]).update(signed_by=actor, signed_at=at)


def is_last(acceptance: Acceptance) -> bool:
    """Whether with it everything is accepted."""
    plan = acceptance.contract.plan.all()
    return acceptance.instalment.number == max(one.number for one in plan if one.is_to_be_accepted)


def _work_out(acceptance: Acceptance) -> list[Deduction]:
    """Works the sheet's amounts out and returns the deductions that are taken off."""
    open_ones = Deduction.objects.filter(contract=acceptance.contract, state=Deduction.State.DECIDED)
    waiting = [one for one in open_ones if one.acceptance_id in (None, acceptance.pk)]
    worked: Worked
    worked, taken = work_out(acceptance.instalment, acceptance.evaluation, waiting)
    if worked.gross <= 0 or _accepted_besides(acceptance) + worked.gross > acceptance.contract.total:
        message = _("The instalments come to more than the %(total)s yuan of the contract.")
        total = f"{acceptance.contract.total:,.2f}"
        raise ValidationError({"instalment": ValidationError(message, code="beyond_contract", params={"total": total})})
    for name in ("gross", "factor", "deducted", "payable", "workings"):
        setattr(acceptance, name, getattr(worked, name))
    return taken


def _accepted_besides(acceptance: Acceptance):
    """What the other instalments that are accepted, or owed on signing, come to."""
    standing = {one.instalment_id: one for one in acceptance.contract.acceptances.all() if one.is_standing}
    others = [one for one in acceptance.contract.plan.all() if one.pk != acceptance.instalment_id]
    known = (
        standing[one.pk].gross if one.pk in standing else gross_of(one)
        for one in others
        if one.pk in standing or one.on_signing
    )
    return sum(known, 0)


def _check(acceptance: Acceptance, today: date) -> None:
    """Raises ValidationError by field."""
    contract, instalment, faults = acceptance.contract, acceptance.instalment, {}
    standing = {
        one.instalment_id: one for one in contract.acceptances.all() if one.is_standing and one.pk != acceptance.pk
    }
    if not instalment.is_to_be_accepted:
        message = _("This instalment is due on signing; nothing is accepted for it.")
        faults["instalment"] = ValidationError(message, code="due_on_signing")
    elif instalment.pk in standing:
        message = _("This instalment is accepted, or being accepted, already.")
        faults["instalment"] = ValidationError(message, code="accepted_already")
    else:
        for one in contract.plan.all():
            done = standing.get(one.pk)
            if (
                one.number < instalment.number
                and not one.on_signing
                and not (done and done.state == Acceptance.State.ACCEPTED)
            ):
                message = _("Instalment %(number)d comes first; it is not accepted yet.")
                faults["instalment"] = ValidationError(message, code="earlier_first", params={"number": one.number})
                break
    if not contract.begins_on <= acceptance.first <= acceptance.last <= contract.ends_on:
        message = _("Expected days in their order within the contract's term, %(first)s to %(last)s.")
        params = {"first": contract.begins_on, "last": contract.ends_on}
        faults["first"] = ValidationError(message, code="outside_term", params=params)
    elif acceptance.last > today:
        message = _("%(day)s is in the future.")
        faults["last"] = ValidationError(message, code="in_the_future", params={"day": acceptance.last})
    fault = _evaluation_fault(acceptance)
    if fault:
        faults["evaluation"] = fault
    if faults:
        raise ValidationError(faults)


def _evaluation_fault(acceptance: Acceptance) -> ValidationError | None:
    evaluation = acceptance.evaluation
    if not acceptance.instalment.by_performance:
        message = _("This instalment is not paid by performance; name no evaluation.")
        return ValidationError(message, code="not_by_performance") if evaluation else None
    if evaluation is None:
        message = _("This instalment is paid by performance: name the evaluation that was concluded.")
        return ValidationError(message, code="evaluation_required")
    if evaluation.contract_id != acceptance.contract.pk:
        return ValidationError(_("The evaluation is of another contract."), code="evaluation_elsewhere")
    if evaluation.state != Evaluation.State.CONCLUDED or evaluation.score is None:
        return ValidationError(_("The evaluation is not concluded."), code="evaluation_open")
    if evaluation.last < acceptance.first or evaluation.first > acceptance.last:
        message = _("The evaluation is of another time, %(first)s to %(last)s.")
        params = {"first": evaluation.first, "last": evaluation.last}
        return ValidationError(message, code="evaluation_of_another_time", params=params)
    return None


def _members(contract: Contract, members: Sequence[Unit]) -> list[Unit]:
    """The units that sign, in their order. Raises ValidationError."""
    chosen = list(dict.fromkeys(members)) or usual_members(contract)
    bureau, stations, towns = _parties(contract)
    code, message = "", ""
    if strangers := [unit for unit in chosen if unit not in [*bureau, *stations, *towns]]:
        code = "not_a_party"
        message = _("%(unit)s is neither the bureau nor of a town that the contract covers.") % {"unit": strangers[0]}
    elif not set(bureau) & set(chosen):
        code, message = "bureau_signs", _("The bureau that buys the service signs too.")
    elif missing := [
        station for station in stations if not {station.division_id} & {one.division_id for one in chosen}
    ]:
        code = "town_signs"
        message = _("Of each town that is served somebody signs; nobody does of %(town)s.") % {
            "town": missing[0].division.name
        }
    elif len(chosen) < FEWEST:
        code = "three_sign"
        message = _("At least %(number)d units sign an acceptance; %(named)d are named.") % {
            "number": FEWEST,
            "named": len(chosen),
        }
    if code:
        raise ValidationError({"members": ValidationError(message, code=code)})
    return chosen


def _parties(contract: Contract) -> tuple[list[Unit], list[Unit], list[Unit]]:
    """The bureau, and of the towns covered their stations and their governments."""
    covered = [one.station for one in contract.coverage.select_related("station__unit__division")]
    stations = [station.unit for station in covered]
    units = Unit.objects.filter(valid_to=None).select_related("division").order_by("division__code", "pk")
    bureau = units.filter(kind=Unit.Kind.BUREAU, division=contract.place_id)
    towns = units.filter(kind=Unit.Kind.TOWN, division__in=[unit.division_id for unit in stations])
    return list(bureau), stations, list(towns)


def _take(acceptance: Acceptance, deductions: Sequence[Deduction]) -> None:
    Deduction.objects.filter(pk__in=[one.pk for one in deductions]).update(
        acceptance=acceptance, version=F("version") + 1
    )


def _recount(acceptance: Acceptance, comments: Mapping[int, str]) -> None:
    """Writes what is counted today; what was said of a line stays, unless something else is said."""
    kept = {one.line_id: one for one in acceptance.lines.all()}
    counted = count_lines(acceptance)
    numbers = {one.line.number for one in counted}
    if strangers := sorted(set(comments) - numbers):
        message = _("The contract has no line %(number)s.")
        raise ValidationError(
            {"comments": ValidationError(message, code="unknown_line", params={"number": strangers[0]})}
        )
    new, changed = [], []
    for one in counted:
        before = kept.get(one.line_id)
        if before:
            for name in COUNTED:
                setattr(before, name, getattr(one, name))
        row = before or one
        row.comment = comments.get(one.line.number, row.comment).strip()
        row.clean_fields(exclude=["acceptance", "line"])
        (changed if before else new).append(row)
    AcceptanceLine.objects.bulk_create(new)
    AcceptanceLine.objects.bulk_update(changed, [*COUNTED, "comment"])


def _numbers(lines) -> dict[int, tuple]:
    return {one.line_id: tuple(getattr(one, name) for name in COUNTED) for one in lines}


def _instalment(contract: Contract, instalment: PlannedPayment) -> PlannedPayment:
    """The instalment as one of the contract's plan. Raises ValidationError."""
    found = next((one for one in contract.plan.all() if one.pk == instalment.pk), None)
    if found is None:
        message = _("The instalment is of another contract.")
        raise ValidationError({"instalment": ValidationError(message, code="instalment_elsewhere")})
    return found


def _contracts(actor) -> QuerySet[Contract]:
    return (
        Contract.objects.visible_to(actor)
        .select_related("place", "firm__unit")
        .prefetch_related("plan", "supplements", "acceptances", "factors")
    )


def _acceptances(actor) -> QuerySet[Acceptance]:
    return Acceptance.objects.visible_to(actor).select_related("contract__place", "instalment", "evaluation")
