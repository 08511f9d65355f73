"""What the verbs of trainings and meetings do alike: find the county and the office, check the days, write the row."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.accounts.roles import Office
from culture_admin.territory.models import Division, Level
from culture_admin.workflow.actions import record_entry
from culture_admin.workflow.locking import closed_to_change, lock
from stations.models import Gathering

Held = TypeVar("Held", bound=Gathering)
# Year plans are made for a year and the next; training of staff goes back no further than the stations themselves.
EARLIEST, AHEAD = date(1980, 1, 1), timedelta(days=2 * 366)
LONGEST = timedelta(days=92)
WHEN_AND_WHERE = ("title", "begins_on", "ends_on", "begins_time", "ends_time", "place", "document_no")


def county_and_office(
    actor, power: str, county: Division | None, verbs: tuple[str, ...] = ("decide",)
) -> tuple[Division, Office]:
    """The county a bureau acts for, that of the actor's own office unless another is named, and that office.

    Raises ValidationError where the office lies above the counties and none is named, PermissionDenied.
    """
    office, _verb = require(actor.offices, power, verbs, path=county.path if county else "")
    if county is None:
        county = Division.objects.filter(pk__in=_ancestry(office.path), level=Level.COUNTY).first()
    if county is None or county.level != Level.COUNTY:
        raise ValidationError({"county": ValidationError(_("Say for which county."), code="required")})
    return county, office


def enter_gathering(gathering: Held, *, office: Office, actor, at: datetime) -> Held:
    """Writes a new training or meeting, planned."""
    gathering.unit_id = office.unit_id
    settle_days(gathering, at)
    with acting(actor):
        gathering.full_clean()
        gathering.save(force_insert=True)
        record_entry(gathering, step="plan", office=office, actor=actor, at=at)
    return gathering


def change_gathering(
    gathering: Held,
    changes: dict[str, object],
    *,
    power: str,
    actor,
    at: datetime,
    seen: int | None,
    step: str = "change",
) -> Held:
    """Writes changes to what stands. Raises ValidationError, PermissionDenied, StepRefused (`stale`, `illegal_transition`)."""
    with acting(actor):
        row = lock(type(gathering).objects.visible_to(actor).select_related("county"), gathering, seen)
        office, _verb = require(actor.offices, power, ("decide",), path=row.county.path)
        if row.state in row.SETTLED:
            raise closed_to_change(row)
        moved = "begins_on" in changes and "ends_on" not in changes and row.ends_on == row.begins_on
        for name, value in changes.items():
            setattr(row, name, value)
        if moved:
            row.ends_on = row.begins_on
        settle_days(row, at)
        row.version += 1
        row.full_clean()
        row.save()
        record_entry(row, step=step, office=office, actor=actor, at=at, from_state=row.state)
    return row


def settle_days(gathering: Gathering, at: datetime) -> None:
    """Fills the last day, and refuses days that cannot be."""
    gathering.ends_on = gathering.ends_on or gathering.begins_on
    today = timezone.localdate(at)
    latest = today + AHEAD if gathering.state == Gathering.State.PLANNED else today
    if not EARLIEST <= gathering.begins_on <= latest:
        message = _("A date from %(earliest)s to %(latest)s is expected.") % {"earliest": EARLIEST, "latest": latest}
        raise ValidationError({"begins_on": ValidationError(message, code="date_range")})
    if gathering.ends_on - gathering.begins_on > LONGEST:
        message = _("It lasts at most %(days)d days.") % {"days": LONGEST.days}
        raise ValidationError({"ends_on": ValidationError(message, code="date_range")})


def _ancestry(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]
