"""The verbs of boundaries: draw up a change, change the draft, try it out, apply it, and put one of the past on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import may, require
from culture_admin.boundaries.land import Land
from culture_admin.boundaries.models import BoundaryChange
from culture_admin.boundaries.plans import Plan
from culture_admin.boundaries.report import carry_out, changes_since, tell
from culture_admin.boundaries.rules import MISSING, faults_of
from culture_admin.boundaries.shift import Shift
from culture_admin.interfaces.problems import Fault, Problem
from culture_admin.territory.models import Division, Succession
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.refusals import Reason, StepRefused
from culture_admin.workflow.steps import Obstacle

POWER = "boundaries"
WRITERS = ("propose", "decide")
# The parts of a plan, as they are written by name.
PARTS = ("units", "outcomes", "children", "stations")
State = BoundaryChange.State


def draft_change(
    *,
    actor,
    kind: str,
    effective_on: date,
    document: str,
    document_on: date | None = None,
    reason: str = "",
    at: datetime | None = None,
    **plan: Sequence[Any],
) -> BoundaryChange:
    """Draws a change up. What the plan lacks may come later; what is wrong in it is refused.

    plan: units, outcomes, children and stations in the shape of the API. Raises Problem with the place of each fault,
    ValidationError by field, PermissionDenied with the matrix's sentence.
    """
    at = at or timezone.now()
    if actor is not None:
        require(actor.offices, POWER, WRITERS)
    change = BoundaryChange(
        kind=kind,
        effective_on=effective_on,
        document=document,
        document_on=document_on,
        reason=reason,
        created_by=actor,
        created_at=at,
    )
    _take_plan(change, actor, plan, at)
    office = require(actor.offices, POWER, WRITERS, path=change.place.path)[0] if actor else None
    with acting(actor):
        change.full_clean()
        change.save()
        record_entry(change, step="draft", office=office, actor=actor, at=at)
    return change


def change_draft(
    *, actor, boundarychange: BoundaryChange, seen: int | None = None, at: datetime | None = None, **changes
) -> BoundaryChange:
    """Changes a draft; what was handed over is returned first. A dry run is of the plan it was made of, and is dropped.

    Raises Problem, ValidationError, StepRefused (`stale`, `illegal_transition`), PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row = lock(BoundaryChange.objects.visible_to(actor).select_related("place"), boundarychange, seen)
        require(actor.offices, POWER, WRITERS, path=row.place.path)
        if row.state != State.DRAFT:
            raise closed_to_change(row)
        plan = {name: changes.pop(name) for name in PARTS if name in changes}
        for name, value in changes.items():
            setattr(row, name, value)
        _take_plan(row, actor, plan, at)
        row.dry_run, row.dry_run_at = None, None
        row.version += 1
        row.full_clean()
        row.save()
    return row


def try_change(
    *, actor, boundarychange: BoundaryChange, seen: int | None = None, at: datetime | None = None
) -> BoundaryChange:
    """The dry run: the change is carried out, looked at, and taken back. It is kept with the draft as evidence.

    Raises StepRefused `plan_faults` with everything that is wrong or missing.
    """
    at = at or timezone.now()
    with acting(actor):
        row = lock(BoundaryChange.objects.visible_to(actor).select_related("place"), boundarychange, seen)
        require(actor.offices, POWER, (*WRITERS, "consent"), path=row.place.path)
        if row.state != State.DRAFT:
            raise closed_to_change(row)
        shift = _shift_of(row, actor, at)
        with transaction.atomic():
            report = carry_out(shift, actor, at)
            transaction.set_rollback(True)
        row.dry_run, row.dry_run_at = report, at
        row.version += 1
        row.save(update_fields=["dry_run", "dry_run_at", "version"])
    return row


def apply_changes(changes: Sequence[BoundaryChange], actor, at: datetime) -> None:
    """Applies changes whose step was taken, one after the other in the order of their days; all or none."""
    for change in sorted(changes, key=lambda one: (one.effective_on, one.pk)):
        change.outcome = carry_out(_shift_of(change, actor, at), actor, at)
        change.applied_at = at
        change.save(update_fields=["outcome", "applied_at"])


def record_past_change(
    *,
    actor,
    kind: str,
    effective_on: date,
    document: str,
    document_on: date | None = None,
    reason: str = "",
    successions: Sequence[Succession],
    at: datetime | None = None,
) -> BoundaryChange:
    """Puts on record a change that stands in the tree already, because the divisions were entered after it.

    The successions say what became of what. Nothing is written but the record.
    """
    at = at or timezone.now()
    before = {one.predecessor_id: one.predecessor for one in successions}
    results = {one.successor_id: one.successor for one in successions}
    plan = {
        "units": sorted(before),
        "outcomes": [
            {
                "code": division.code,
                "name_zh": division.name_zh,
                "name_en": division.name_en,
                "type": division.type,
                "parent": division.parent_id,
                "shares": [
                    {"unit": one.predecessor_id, "share": str(one.share)}
                    for one in successions
                    if one.successor_id == pk
                ],
            }
            for pk, division in sorted(results.items())
        ],
    }
    change = BoundaryChange(
        kind=kind,
        effective_on=effective_on,
        document=document,
        document_on=document_on,
        reason=reason,
        place=_place(list(before.values())),
        plan=plan,
        outcome={"successions": [one.pk for one in successions], "recorded": True},
        state=State.APPLIED,
        applied_at=at,
        created_by=actor,
        created_at=at,
    )
    if actor is not None:
        require(actor.offices, POWER, ("decide",), path=change.place.path)
    with acting(actor):
        change.full_clean()
        change.save()
        record_entry(change, step="record", office=None, actor=actor, at=at)
    return change


def faults_in(change: BoundaryChange, actor=None, at: datetime | None = None) -> list[Fault]:
    """What is wrong or missing in a draft, for who looks at it."""
    land = Land.read(Plan.read(change.plan), change.kind, change.effective_on)
    return faults_of(change, land, _paths(actor), timezone.localdate(at))


def stands_in_the_way(change: BoundaryChange, actor) -> Obstacle | None:
    """Why it is not to be handed over, checked or applied: faults, no dry run, or one that is stale, with what has changed."""
    land = Land.read(Plan.read(change.plan), change.kind, change.effective_on)
    faults = faults_of(change, land, None, timezone.localdate())
    if faults:
        return Obstacle("plan_faults", _said(faults))
    if not change.dry_run:
        return Obstacle("no_dry_run", _("Try it out first: the dry run is what is decided on."))
    changed = changes_since(change.dry_run, tell(Shift.of(change, land)))
    if not changed:
        return None
    text = _("Things have changed since the dry run: %(changes)s. Return it, and try it out again.")
    return Obstacle("stale_dry_run", text % {"changes": "; ".join(reason.text for reason in changed[:5])})


def too_early(change: BoundaryChange, today: date) -> Obstacle | None:
    """A change is applied on its day, or after it: until then everything lies where it lies."""
    if today >= change.effective_on:
        return None
    return Obstacle("too_early", _("It can be applied from %(day)s on.") % {"day": change.effective_on})


def _take_plan(change: BoundaryChange, actor, parts: Mapping[str, Any], at: datetime) -> None:
    """Reads the parts given into the plan, completes it, and refuses what is wrong in it."""
    plan = Plan.read({**change.plan, **parts})
    land = Land.read(plan, change.kind, change.effective_on)
    faults = [one for one in faults_of(change, land, _paths(actor), timezone.localdate(at)) if one.code != MISSING]
    if faults:
        raise Problem(400, faults[0].code if len(faults) == 1 else "invalid", faults=faults)
    if not land.units:
        fault = Fault("required", _("Name the divisions concerned."), pointer="/units")
        raise Problem(400, "required", faults=[fault])
    change.plan = land.plan.written()
    change.place = _place(land.units)


def _shift_of(change: BoundaryChange, actor, at: datetime) -> Shift:
    land = Land.read(Plan.read(change.plan), change.kind, change.effective_on)
    if faults := faults_of(change, land, None, timezone.localdate(at)):
        reasons = [Reason(one.code, str(one.message), one.pointer or "") for one in faults]
        raise StepRefused("plan_faults", _said(faults), change.pk, reasons=reasons)
    return Shift.of(change, land)


def _said(faults: Sequence[Fault]) -> str:
    return " ".join(str(fault.message) for fault in faults[:5])


def _place(units: Sequence[Division]) -> Division:
    """The smallest division that holds all the divisions concerned."""
    above = [set(unit.ancestry[:-1]) for unit in units]
    shared = Division.objects.filter(pk__in=set.intersection(*above))
    return max(shared, key=lambda division: len(division.path))


def _paths(actor) -> list[str] | None:
    """The territory in which the actor may draw changes up; None for the system itself."""
    if actor is None:
        return None
    return [office.path for office in actor.offices if any(may(office, POWER, verb) for verb in WRITERS)]
