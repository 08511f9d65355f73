"""Send in an information report, change it, and enter who adopted it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require, require_unit
from culture_admin.territory.models import Unit, in_force
from culture_admin.workflow.actions import perform, record_entry
from culture_admin.workflow.days import refuse_future
from culture_admin.workflow.locking import closed_to_change, lock
from stations.actions.places import Places
from stations.models import Adoption, Report, Station

POWER = "stations.reports"
CHANGEABLE = ("title", "text", "author")


def send_report(*, actor, unit: Unit, title: str, text: str, author: str = "", at: datetime | None = None) -> Report:
    """A report of a town or of its station, by itself. Raises ValidationError, PermissionDenied."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    office = require_unit(actor, POWER, unit.pk)
    station = (
        Station.objects.filter(in_force(today, "unit__"), division_id=unit.division_id)
        .select_related("division", "county")
        .order_by("pk")
        .first()
    )
    if station is None:
        message = _("The town of %(unit)s has no station.") % {"unit": unit}
        raise ValidationError({"unit": ValidationError(message, code="no_station")})
    ground = Places().on(station, today)
    report = Report(
        unit=unit,
        station=station,
        division_id=ground.division_id,
        county_id=ground.county_id,
        title=title,
        text=text,
        author=author,
        sent_on=today,
        recorded_by=actor,
    )
    with acting(actor):
        report.full_clean()
        report.save(force_insert=True)
        record_entry(report, step="register", office=office, actor=actor, at=at)
    return report


def change_report(*, actor, report: Report, at: datetime | None = None, seen: int | None = None, **changes) -> Report:
    """Changes a report that nobody has taken up yet. Raises ValidationError, PermissionDenied, StepRefused."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    with acting(actor):
        row = lock(Report.objects.visible_to(actor).select_related("unit__division"), report, seen)
        office = require_unit(actor, POWER, row.unit_id)
        if row.state not in Report.OPEN:
            raise closed_to_change(row)
        for name, value in changes.items():
            setattr(row, name, value)
        row.version += 1
        row.full_clean()
        row.save()
        record_entry(row, step="change", office=office, actor=actor, at=at or timezone.now(), from_state=row.state)
    return row


def record_adoption(
    *, actor, report: Report, level: str, adopted_on: date, bulletin: str = "", at: datetime | None = None
) -> Adoption:
    """Enters that a level has adopted a report; the first of them adopts it. Raises ValidationError, PermissionDenied."""
    at = at or timezone.now()
    require(actor.offices, POWER, ("decide",), path=report.unit.division.path)
    refuse_future("adopted_on", adopted_on, timezone.localdate(at))
    if adopted_on < report.sent_on:
        message = _("The report was sent in only on %(day)s.") % {"day": report.sent_on}
        raise ValidationError({"adopted_on": ValidationError(message, code="before_sent")})
    if report.state in (Report.State.VOID, Report.State.RETURNED):
        raise closed_to_change(report)
    adoption = Adoption(report=report, level=level, adopted_on=adopted_on, bulletin=bulletin)
    with acting(actor):
        adoption.full_clean()
        adoption.save(force_insert=True)
        if report.state != Report.State.ADOPTED:
            perform(report, "adopt", actor=actor, at=at)
    return adoption


def adopt_by_bureau(reports: Sequence[Report], at: datetime) -> None:
    """What the bureau adopts by a click is adopted by the bureau today; where a level was entered, that is said already."""
    said = set(Adoption.objects.filter(report__in=reports).values_list("report", flat=True))
    Adoption.objects.bulk_create(
        Adoption(report=report, level=Adoption.Level.BUREAU, adopted_on=timezone.localdate(at))
        for report in reports
        if report.pk not in said
    )
