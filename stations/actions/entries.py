"""What every entry of money has to keep to: its day, its amount, in time or with a reason, and its reversal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.interfaces.entries import above_zero, reversal_of
from stations.actions.places import Places
from stations.models import Station, Threshold, threshold
from stations.models.budgets import FIRST_YEAR
from stations.models.money import Entry

Money = TypeVar("Money", bound=Entry)


def check_entry(entry: Money, late_reason: str, at: datetime) -> Money:
    """Fills what follows from the entry. Raises ValidationError by field.

    A payment of a budget year is made in it or in the year after, when accounts are closed, and never in the future. What is
    entered later than the place allows needs a reason and says so.
    """
    today, faults = timezone.localdate(at), {}
    try:
        entry.amount = above_zero(entry.amount)
    except ValidationError as refused:
        faults["amount"] = refused
    if not FIRST_YEAR <= entry.year <= today.year:
        message = _("A year from %(first)d to %(last)d is expected.") % {"first": FIRST_YEAR, "last": today.year}
        faults["year"] = ValidationError(message, code="year_range")
    elif entry.on > today:
        faults["on"] = ValidationError(_("%(day)s is in the future.") % {"day": entry.on}, code="in_the_future")
    elif not date(entry.year, 1, 1) <= entry.on <= date(entry.year + 1, 12, 31):
        message = _("Money of %(year)d moves in that year or the one after; read %(day)s.")
        faults["on"] = ValidationError(message % {"year": entry.year, "day": entry.on}, code="outside_year")
    else:
        days = threshold(Threshold.Code.BACKDATING, entry.station.division, today).number
        entry.late, entry.reason = (today - entry.on).days > days, late_reason.strip()
        if entry.late and not entry.reason:
            message = _("%(day)s is more than %(days)d days ago: say why it is entered only now.")
            faults["late_reason"] = ValidationError(
                message % {"day": entry.on, "days": days}, code="late_reason_required"
            )
    if faults:
        raise ValidationError(faults)
    ground = Places().on(entry.station, entry.on)
    entry.division_id, entry.county_id = ground.division_id, ground.county_id
    entry.counted_on = min(entry.on, date(entry.year, 12, 31))
    return entry


def reverse(entry: Money, *, actor, reason: str, at: datetime, power: str, **same: Any) -> Money:
    """Enters what takes an entry back: the same with a minus sign, on the same day, for a reason.

    Raises StepRefused `reversed_already`, `is_reversal`, `comment_required`; PermissionDenied.
    """
    require(actor.offices, power, ("decide",), path=entry.station.division.path)
    with acting(actor):
        lock_station(entry.station)
        names = ("station", "division_id", "county_id", "year", "counted_on")
        kept = {name: getattr(entry, name) for name in names} | same
        return store(reversal_of(entry, actor=actor, reason=reason, at=at, **kept))


def store(entry: Money) -> Money:
    """Checks the fields and writes the entry; the rows it points at were found by the doors already."""
    entry.clean_fields(exclude=[one.name for one in entry._meta.concrete_fields if one.is_relation])
    entry.save(force_insert=True)
    return entry


def lock_station(station: Station) -> None:
    """Entries of one station are made one after the other, so that what they add up to is known. Inside a transaction."""
    Station.objects.select_for_update(no_key=True).get(pk=station.pk)
