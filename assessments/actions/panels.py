"""The panel on the spot: who is appointed, who stands back, and what each finds."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Assessment, Mark, PanelSeat
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.accounts.models import Membership, User
from culture_admin.accounts.roles import Role
from culture_admin.accounts.scope import paths_above
from culture_admin.scoring.judging import Judged, check_numbers
from culture_admin.scoring.sources import Check
from culture_admin.territory.models import in_force
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.steps import Obstacle

POWER = "assessments.panel"
State = Assessment.State
# While the panel works.
SITTING_IN = (State.SEALED, State.ACCEPTED)


def appoint_assessor(
    *, actor, assessment: Assessment, assessor: User, visit_on: date | None = None, at: datetime | None = None
) -> PanelSeat:
    """Sends an assessor to a town. Nobody assesses where he holds an office, or held one in the year.

    Raises ValidationError (`own_town`, `no_assessor`, `appointed_already`), StepRefused, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row = lock(_assessments(actor), assessment, None)
        office, _verb = require(actor.offices, POWER, ("propose",), path=row.division.path)
        if row.state not in SITTING_IN:
            raise closed_to_change(row)
        if not assessors_of(row, timezone.localdate(at)).filter(pk=assessor.pk).exists():
            message = _("%(name)s is no assessor of this county.") % {"name": assessor}
            raise ValidationError({"assessor": ValidationError(message, code="no_assessor")})
        if own_offices(assessor, row).exists():
            message = _("%(name)s holds an office in this town, or held one in the year; somebody else is to go.")
            raise ValidationError({"assessor": ValidationError(message % {"name": assessor}, code="own_town")})
        seat = PanelSeat(
            assessment=row,
            assessor=assessor,
            county_id=row.county_id,
            visit_on=visit_on,
            appointed_by=actor,
            recorded_at=at,
        )
        seat.full_clean()
        seat.save()
        record_entry(seat, step="appoint", office=office, actor=actor, at=at)
    return seat


def assessors_of(assessment: Assessment, today: date) -> QuerySet[User]:
    """Who may be sent to a town: the assessors of the places it lies in, those of the town itself included."""
    offices = Membership.objects.filter(
        in_force(today), role=Role.ASSESSOR, unit__division__path__in=paths_above(assessment.division.path)
    )
    return User.objects.filter(is_active=True, is_service=False, pk__in=offices.values("user")).order_by("username")


def own_offices(assessor: User, assessment: Assessment):
    """Offices of the assessor in the town, since the year that is assessed began."""
    begun = date(assessment.cycle.year, 1, 1)
    return Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=begun),
        user=assessor,
        unit__division__path__startswith=assessment.division.path,
    )


def mark_item(
    *,
    actor,
    seat: PanelSeat,
    code: str,
    found: str = Judged.VALUE,
    numbers: Sequence[Decimal] = (),
    note: str = "",
    client_uuid: uuid.UUID | None = None,
    marked_at: datetime | None = None,
    seen: int | None = None,
    at: datetime | None = None,
) -> Mark:
    """Keeps what the assessor found of an indicator; said again it takes the place of what he said before.

    client_uuid: the same mark sent twice by a phone is kept once; the same with other contents, later by `marked_at`, is the
    one he edited before he knew that it had come. seen: the version of the mark he looked at, 0 where he saw none.
    Raises ValidationError by field, StepRefused (`stale`, `illegal_transition`), PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row = lock(_seats(actor), seat, None)
        require(actor.offices, POWER, ("decide",), path=row.assessment.division.path)
        known = Mark.objects.filter(client_uuid=client_uuid, seat=row, code=code).first() if client_uuid else None
        if known and not _is_newer(known, marked_at or at, (found, list(numbers), note)):
            return known
        if row.state != PanelSeat.State.APPOINTED or row.assessment.state not in SITTING_IN:
            raise closed_to_change(row)
        indicator, source = _on_site(row, code)
        numbers = check_numbers("numbers", indicator, source, found, numbers)
        if found == Judged.VALUE and not numbers:
            raise ValidationError({"numbers": ValidationError(_("This is needed."), code="required")})
        mark = Mark.objects.filter(seat=row, code=code).first()
        if mark:
            mark = lock(Mark.objects.all(), mark, None if known else seen)
        else:
            mark = Mark(seat=row, code=code, version=0)
        # By the last one that was entered it is known whether the next stands on it.
        mark.client_uuid = client_uuid or uuid.uuid4()
        mark.found, mark.numbers, mark.note, mark.marked_at = found, numbers, note, marked_at or at
        mark.version += 1
        mark.full_clean()
        mark.save()
    return mark


def change_mark(*, actor, mark: Mark, seen: int | None = None, at: datetime | None = None, **changes: Any) -> Mark:
    """Corrects a mark. Raises what `mark_item` raises."""
    kept = {name: changes.get(name, getattr(mark, name)) for name in ("found", "numbers", "note")}
    return mark_item(
        actor=actor, seat=mark.seat, code=mark.code, marked_at=changes.get("marked_at"), seen=seen, at=at, **kept
    )


def on_site_codes(assessment: Assessment) -> list[str]:
    """The indicators that are scored on the spot."""
    body = assessment.cycle.scheme.content
    return [one.code for _section, one in body.table.indicators() if body.checks.get(one.code) == Check.ON_SITE]


def refuse_unfinished(seat: PanelSeat, actor) -> Obstacle | None:
    """Whoever has finished has scored everything that is scored on the spot."""
    scored = {mark.code for mark in seat.marks.all()}
    missing = [code for code in on_site_codes(seat.assessment) if code not in scored]
    if not missing:
        return None
    return Obstacle("marks_missing", _("Not scored yet: %(codes)s.") % {"codes": ", ".join(missing)})


def _on_site(seat: PanelSeat, code: str):
    body = seat.assessment.cycle.scheme.content
    for _section, indicator in body.table.indicators():
        if indicator.code == code and body.checks.get(code) == Check.ON_SITE:
            return indicator, body.sources[code]
    message = _("%(code)s is not scored on the spot.") % {"code": code}
    raise ValidationError({"code": ValidationError(message, code="not_on_site")})


def _is_newer(known: Mark, marked_at: datetime, said: tuple[str, list[Decimal], str]) -> bool:
    """Whether a mark that comes under the id of a known one says something else, and was made after it."""
    return (known.found, known.numbers, known.note) != said and marked_at > known.marked_at


def _assessments(actor):
    return Assessment.objects.visible_to(actor).select_related("division", "unit", "cycle__scheme")


def _seats(actor):
    return PanelSeat.objects.visible_to(actor).select_related(
        "assessment__division", "assessment__unit", "assessment__cycle__scheme"
    )
