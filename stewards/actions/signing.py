"""Signing a contract and what the law wants afterwards; renewals, supplements, and what ends with a contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.workflow.actions import note_on, perform, record_entry
from culture_admin.workflow.days import refuse_future
from culture_admin.workflow.locking import closed_to_change, lock
from stewards.actions.alerts import tell_levels
from stewards.actions.clocks import owe_filing, owe_signing, settle_filing, settle_renewal
from stewards.actions.contracts import OF_LINE, POWER, draft_contract, draft_of, last_day
from stewards.actions.payment_clock import reckon_advance
from stewards.models import Contract, Posting, ServiceLine, Supplement

BREACH = "stewards.breach"
# Government Procurement Law, Art. 49.
MOST_SUPPLEMENTS = Decimal("0.10")
# "One-year contract, renewal if performance is good, at most two more years" (DOMAIN.md §6.1).
CARRIED = (
    "firm", "manager", "headcount", "quantity_share", "quality_share", "towns_share", "public_share", "absence_rate",
    "cancel_rate", "acceptance_terms", "breach_terms", "method", "single_reason",
)  # fmt: skip


def note_award(
    *, actor, contract: Contract, awarded_on: date, seen: int | None = None, at: datetime | None = None
) -> Contract:
    """Notes the day of the award notice, from which the contract is to be signed within thirty days.

    Raises ValidationError, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row, office = draft_of(actor, contract, seen)
        if row.state != Contract.State.PROCURING:
            raise closed_to_change(row)
        refuse_future("awarded_on", awarded_on, timezone.localdate(at))
        row.awarded_on = awarded_on
        row.version += 1
        row.save(update_fields=["awarded_on", "version"])
        note_on([row], step="award", office=office, actor=actor, at=at, comment=str(awarded_on))
        owe_signing(row, awarded_on, at)
    return row


def sign_contract(
    *,
    actor,
    contract: Contract,
    signed_on: date,
    awarded_on: date | None = None,
    comment: str = "",
    seen: int | None = None,
    at: datetime | None = None,
) -> Contract:
    """Enters the days of the award, unless it is noted, and of the signing, and takes the step.

    Raises ValidationError, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row, _office = draft_of(actor, contract, seen)
        awarded_on = awarded_on or row.awarded_on
        if awarded_on is None:
            message = _("Say on which day the award notice was given.")
            raise ValidationError({"awarded_on": ValidationError(message, code="required")})
        if not awarded_on <= signed_on <= timezone.localdate(at):
            message = _("Expected a day from the award, %(first)s, to today.") % {"first": awarded_on}
            raise ValidationError({"signed_on": ValidationError(message, code="date_range")})
        row.awarded_on, row.signed_on = awarded_on, signed_on
        row.full_clean()
        row.save(update_fields=["awarded_on", "signed_on"])
        perform(row, "sign", actor=actor, at=at, comment=comment)
        owe_filing(row, at)
        reckon_advance(row, at)
    return row


def note_filing(
    *,
    actor,
    contract: Contract,
    copied_on: date | None = None,
    published_on: date | None = None,
    document: str = "",
    seen: int | None = None,
    at: datetime | None = None,
) -> Contract:
    """Notes when the copy went to finance, and when the contract was published. Raises ValidationError, StepRefused,
    PermissionDenied.
    """
    at = at or timezone.now()
    said = {name: day for name, day in (("copied_on", copied_on), ("published_on", published_on)) if day}
    if not said:
        raise ValidationError({"copied_on": ValidationError(_("This is needed."), code="required")})
    with acting(actor):
        row = lock(Contract.objects.visible_to(actor).select_related("place", "firm__unit"), contract, seen)
        office, _verb = require(actor.offices, POWER, ("decide",), path=row.place.path)
        if row.signed_on is None or row.state == Contract.State.VOID:
            raise closed_to_change(row)
        for name, day in said.items():
            if not row.signed_on <= day <= timezone.localdate(at):
                message = _("Expected a day from the signing, %(first)s, to today.") % {"first": row.signed_on}
                raise ValidationError({name: ValidationError(message, code="date_range")})
            setattr(row, name, day)
        row.version += 1
        row.save()
        note_on([row], step="file", office=office, actor=actor, at=at, comment=document)
        settle_filing(row, list(said), at)
    return row


def renew_contract(
    *,
    actor,
    contract: Contract,
    number: str,
    begins_on: date,
    budget: Decimal,
    amount: Decimal,
    ends_on: date | None = None,
    at: datetime | None = None,
) -> Contract:
    """Draws up the contract of the next term with the same firm, towns, lines and terms. Raises ValidationError, StepRefused,
    PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row = lock(Contract.objects.visible_to(actor).select_related("place", "firm__unit"), contract, None)
        require(actor.offices, POWER, ("decide",), path=row.place.path)
        if row.state not in Contract.BINDING:
            raise closed_to_change(row)
        if not row.renewals_left:
            message = _("The contract may not be renewed any more; procure anew.")
            raise ValidationError({"__all__": ValidationError(message, code="no_renewals")})
        if hasattr(row, "renewal"):
            message = _("It is renewed by %(number)s already.") % {"number": row.renewal.number}
            raise ValidationError({"__all__": ValidationError(message, code="renewed_already")})
        if begins_on <= row.ends_on:
            message = _("The next term begins after %(day)s.") % {"day": row.ends_on}
            raise ValidationError({"begins_on": ValidationError(message, code="date_range")})
        carried: dict[str, Any] = {name: getattr(row, name) for name in CARRIED}
        last = ends_on or last_day(begins_on, 1)
        settle_renewal([row], at)
        return draft_contract(
            actor=actor,
            at=at,
            place=row.place,
            number=number,
            name=row.name,
            begins_on=begins_on,
            ends_on=last,
            budget=budget,
            amount=amount,
            renewals_left=row.renewals_left - 1,
            renews=row,
            stations=[one.station for one in row.coverage.select_related("station__unit")],
            lines=[_line(one) for one in row.lines.all()],
            plan=[
                {"share": one.share, "when": one.when, "by_performance": one.by_performance} for one in row.plan.all()
            ],
            factors=[{"least": one.least, "percent": one.percent} for one in row.factors.all()],
            **carried,
        )


def _line(line: ServiceLine) -> dict[str, Any]:
    """A line as the next term has it: for the whole of it, as the days of the old one say nothing there."""
    return {name: getattr(line, name) for name in OF_LINE}


def propose_supplement(
    *,
    actor,
    contract: Contract,
    line: ServiceLine,
    quantity: Decimal,
    amount: Decimal,
    document: str,
    reason: str,
    at: datetime | None = None,
) -> Supplement:
    """Files a supplement: more of one line, for so many yuan. Raises ValidationError by field, StepRefused, PermissionDenied."""
    at = at or timezone.now()
    with acting(actor):
        row = lock(Contract.objects.visible_to(actor).select_related("place", "firm__unit"), contract, None)
        office, _verb = require(actor.offices, BREACH, ("propose",), path=row.place.path)
        if row.state not in (Contract.State.SIGNED, Contract.State.PERFORMING):
            raise closed_to_change(row)
        if line.contract_id != row.pk:
            raise ValidationError(
                {"line": ValidationError(_("This line is of another contract."), code="line_elsewhere")}
            )
        supplement = Supplement(
            contract=row,
            line=line,
            quantity=quantity,
            amount=amount,
            document=document,
            reason=reason,
            filed_by=actor,
        )
        supplement.full_clean()
        left = supplements_left(row)
        if amount > left:
            message = _("All supplements of a contract are at most 10 %% of its amount; %(left)s yuan are left.")
            raise ValidationError(
                {"amount": ValidationError(message % {"left": f"{left:,.2f}"}, code="supplement_too_large")}
            )
        supplement.save()
        supplement.refresh_from_db()
        record_entry(supplement, step="propose", office=office, actor=actor, at=at)
    return supplement


def supplements_left(contract: Contract) -> Decimal:
    """For how many yuan supplements may still be signed."""
    return contract.amount * MOST_SUPPLEMENTS - (contract.total - contract.amount)


def date_supplements(supplements: Sequence[Supplement], actor, at: datetime) -> None:
    """Signed supplements are of today; of a larger target the same is a lesser share."""
    Supplement.objects.filter(pk__in=[one.pk for one in supplements]).update(signed_on=timezone.localdate(at))
    tell_levels({one.line_id for one in supplements}, at=at)


def close(contracts: Sequence[Contract], actor, at: datetime) -> None:
    """A contract that is settled or ended is closed; stewards who are still posted under it leave with the day."""
    today = timezone.localdate(at)
    keys = [contract.pk for contract in contracts]
    Contract.objects.filter(pk__in=keys).update(closed_on=today)
    settle_renewal(contracts, at)
    for contract in contracts:
        reckon_advance(contract, at)
    beyond = Posting.objects.filter(contract__in=keys, valid_from__lte=today)
    beyond.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today + timedelta(days=1))).update(
        valid_to=today + timedelta(days=1)
    )


def reopen(contracts: Sequence[Contract], actor, at: datetime) -> None:
    """Something is owed of them again; the stewards are gone all the same."""
    Contract.objects.filter(pk__in=[contract.pk for contract in contracts]).update(closed_on=None)
