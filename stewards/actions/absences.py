"""Absences of a steward: asked for by him or his firm, or noted by the station where he stays away without leave."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import ask, require
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.days import refuse_future
from stewards.actions.duty import POWER, own_office
from stewards.models import Absence, DutyDay, Posting, Steward

LONGEST = timedelta(days=366)
A = Absence.State
# What stands of a steward's absences.
STANDING = (A.REQUESTED, A.APPROVED, A.NOTED)


def request_absence(
    *, actor, posting: Posting, kind: str, first: date, last: date, reason: str, at: datetime | None = None
) -> Absence:
    """Asks the station for leave, from one day to another, both included. Raises ValidationError, PermissionDenied."""
    at = at or timezone.now()
    office = own_office(actor, posting)
    with acting(actor):
        absence = _enter(posting, kind, first, last, reason, A.REQUESTED, actor, at)
        record_entry(absence, step="request", office=office, actor=actor, at=at)
    return absence


def note_absence(
    *, actor, posting: Posting, first: date, last: date, reason: str, at: datetime | None = None
) -> Absence:
    """The station notes that the steward stayed away without leave. Raises ValidationError, PermissionDenied."""
    at = at or timezone.now()
    office = None
    if actor is not None:
        office, _verb = require(actor.offices, POWER, ("decide",), path=posting.station.division.path)
    refuse_future("last", last, timezone.localdate(at))
    with acting(actor):
        absence = _enter(posting, Absence.Kind.OTHER, first, last, reason, A.NOTED, actor, at)
        record_entry(absence, step="note", office=office, actor=actor, at=at)
    return absence


def enter_absence(*, actor, posting: Posting, kind: str = Absence.Kind.OTHER, **said) -> Absence:
    """Enters an absence as the actor may: the station notes one without leave, the steward or his firm asks for one."""
    if ask(actor.offices, POWER, "decide", path=posting.station.division.path):
        return note_absence(actor=actor, posting=posting, **said)
    return request_absence(actor=actor, posting=posting, kind=kind, **said)


def day_logged_in(absence: Absence) -> date | None:
    """The first day of an absence on which a day on duty is logged all the same."""
    days = [
        one.day
        for one in absence.posting.duty_days.all()
        if one.state != DutyDay.State.VOID and absence.first <= one.day <= absence.last
    ]
    return min(days, default=None)


def _enter(
    posting: Posting, kind: str, first: date, last: date, reason: str, state: str, actor, at: datetime
) -> Absence:
    Steward.objects.select_for_update(of=("self",)).get(pk=posting.steward_id)
    absence = Absence(
        posting=posting,
        steward=posting.steward,
        firm_id=posting.firm_id,
        station=posting.station,
        county_id=posting.county_id,
        kind=kind,
        first=first,
        last=last,
        reason=reason,
        filed_by=actor,
        recorded_at=at,
        state=state,
    )
    absence.full_clean()
    if last - first > LONGEST:
        message = _("An absence is of a year at most.")
        raise ValidationError({"last": ValidationError(message, code="date_range")})
    for field, day in (("first", first), ("last", last)):
        if not posting.covers(day):
            message = _("The posting does not hold on %(day)s.") % {"day": day}
            raise ValidationError({field: ValidationError(message, code="outside_posting")})
    other = Absence.objects.filter(posting=posting, first__lte=last, last__gte=first, state__in=STANDING).first()
    if other:
        message = _("There is an absence from %(first)s to %(last)s already: %(state)s.")
        values = {"first": other.first, "last": other.last, "state": other.get_state_display()}
        raise ValidationError({"first": ValidationError(message % values, code="absence_twice")})
    logged = (
        posting.duty_days.exclude(state=DutyDay.State.VOID).filter(day__range=(first, last)).order_by("day").first()
    )
    if logged:
        message = _("A day on duty is logged on %(day)s.") % {"day": logged.day}
        raise ValidationError({"first": ValidationError(message, code="day_logged")})
    absence.save()
    return absence
