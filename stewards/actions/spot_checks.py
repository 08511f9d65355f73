"""Spot checks: which deliveries are looked at, drawn so that the draw can be repeated, and what was found of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from secrets import randbelow
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.workflow.actions import perform, record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from stewards.models import Contract, Delivery, SpotCheck, SpotCheckRow

POWER = "stewards.findings"
MOST_SEED = 2**31


def draw_spot_check(
    *,
    actor,
    contract: Contract,
    first: date,
    last: date,
    size: int,
    seed: int | None = None,
    at: datetime | None = None,
) -> SpotCheck:
    """Draws `size` of the contract's standing deliveries of a time; all of them where there are no more.

    seed: without one it is drawn by chance; it is kept and shown, and draws the same rows of the same ledger again. Raises
    ValidationError by field, PermissionDenied.
    """
    at = at or timezone.now()
    office, _verb = require(actor.offices, POWER, ("decide",), path=contract.place.path)
    check = SpotCheck(
        contract=contract,
        first=first,
        last=last,
        size=size,
        seed=randbelow(MOST_SEED) if seed is None else seed,
        population=0,
        drawn_by=actor,
        drawn_at=at,
    )
    with acting(actor):
        check.full_clean()
        keys = list(_population(check).values_list("pk", flat=True))
        if not keys:
            message = _("Nothing of the contract was delivered from %(first)s to %(last)s.")
            params = {"first": first, "last": last}
            raise ValidationError({"first": ValidationError(message, code="nothing_delivered", params=params)})
        check.population = len(keys)
        check.save()
        SpotCheckRow.objects.bulk_create(
            SpotCheckRow(spot_check=check, number=number, delivery_id=key)
            for number, key in enumerate(drawn(keys, check.seed, size), 1)
        )
        record_entry(check, step="draw", office=office, actor=actor, at=at)
    return check


def drawn(keys: list[int], seed: int, size: int) -> list[int]:
    """Those of the keys whose SHA-256 together with the seed is lowest, in that order: the same on every machine for ever."""
    return sorted(keys, key=lambda key: (sha256(f"{seed}:{key}".encode()).hexdigest(), key))[:size]


def enter_outcomes(
    *,
    actor,
    spot_check: SpotCheck,
    said: Mapping[int, Mapping[str, str]],
    seen: int | None = None,
    at: datetime | None = None,
) -> SpotCheck:
    """Enters what was found, by the number of the row {outcome, note}; with the last of them the check is done.

    Raises ValidationError by row, StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        check = lock(SpotCheck.objects.visible_to(actor).select_related("contract__place"), spot_check, seen)
        office, _verb = require(actor.offices, POWER, ("decide",), path=check.contract.place.path)
        if check.state != SpotCheck.State.DRAWN:
            raise closed_to_change(check)
        rows = {row.number: row for row in check.rows.select_for_update().order_by("pk")}
        faults: dict[str, Any] = {}
        for number, entry in said.items():
            row = rows.get(number)
            if row is None:
                message = _("There is no row %(number)d.") % {"number": number}
                faults[str(number)] = ValidationError(message, code="unknown_row")
                continue
            row.outcome, row.note = entry.get("outcome", row.outcome), entry.get("note", row.note)
            fault = _fault_of(row)
            if fault:
                faults[str(number)] = fault
        if faults:
            raise ValidationError(faults)
        SpotCheckRow.objects.bulk_update([rows[number] for number in said], ["outcome", "note"])
        check.version += 1
        check.save(update_fields=["version"])
        record_entry(check, step="look", office=office, actor=actor, at=at, from_state=check.state)
        if all(row.outcome for row in rows.values()):
            perform(check, "finish", actor=actor, at=at)
    return check


def _fault_of(row: SpotCheckRow) -> ValidationError | None:
    try:
        row.clean_fields(exclude=["spot_check", "delivery"])
    except ValidationError as refused:
        return ValidationError([one for errors in refused.error_dict.values() for one in errors])
    if row.outcome in (SpotCheckRow.Outcome.FALSE, SpotCheckRow.Outcome.DIFFERENT) and not row.note.strip():
        return ValidationError(_("Say what was otherwise than the log says."), code="note_required")
    return None


def _population(check: SpotCheck):
    return (
        Delivery.objects.standing()
        .filter(contract=check.contract, on__gte=check.first, on__lte=check.last)
        .order_by("pk")
    )
