"""Enter the visits of days of free opening, and correct them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from activities.actions.months import note_change
from activities.models import OpeningVisits
from activities.models.returns import month_of
from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.workflow.actions import StepRefused
from culture_admin.workflow.days import refuse_future
from culture_admin.workflow.locking import lock
from stations.actions.places import Places
from stations.models import Station

POWER = "activities.visits"
CHANGEABLE = ("visitors", "estimated")
CHECKED = ("on", "visitors", "estimated")


class Count(NamedTuple):
    """How many people came in, and whether that is an estimate."""

    visitors: int
    estimated: bool = False


class VisitsExist(StepRefused):
    """The day has its row; a correction names it."""

    def __init__(self, row: OpeningVisits):
        super().__init__(
            "exists",
            _("The visits of %(day)s are entered already: %(visitors)d. Correct that row (id %(id)d).")
            % {"day": row.on, "visitors": row.visitors, "id": row.pk},
            row.pk,
            row.version,
        )


def record_visits(
    *, actor, at: datetime | None = None, station: Station, on: date, visitors: int, estimated: bool = False
) -> OpeningVisits:
    """Enters how many people came in on a day. Raises VisitsExist where that is entered, ValidationError, PermissionDenied."""
    (row,) = record_days(actor=actor, at=at, station=station, days={on: Count(visitors, estimated)})
    return row


def record_days(
    *, actor, at: datetime | None = None, station: Station, days: Mapping[date, Count]
) -> list[OpeningVisits]:
    """The set-wise form of `record_visits`: a sheet of days of one station, all of them or none."""
    at = at or timezone.now()
    require(actor.offices, POWER, ("decide",), path=station.division.path)
    places, rows = Places(), []
    for on, count in sorted(days.items()):
        refuse_future("on", on, timezone.localdate(at))
        ground = places.at_work(station, on)
        row = OpeningVisits(
            station=station,
            division_id=ground.division_id,
            county_id=ground.county_id,
            on=on,
            recorded_by=actor,
            recorded_at=at,
            **count._asdict(),
        )
        _check(row)
        rows.append(row)
    with acting(actor):
        # One after the other, so that the second is told of the first instead of meeting the constraint.
        Station.objects.select_for_update(of=("self",)).get(pk=station.pk)
        there = OpeningVisits.objects.filter(station=station, on__in=days).order_by("on").first()
        if there:
            raise VisitsExist(there)
        OpeningVisits.objects.bulk_create(rows)
        _note(rows, actor, at)
    return rows


def change_visits(
    *, actor, openingvisits: OpeningVisits, at: datetime | None = None, seen: int | None = None, **changes
) -> OpeningVisits:
    """Corrects the visits of a day. `seen` is the version the actor looked at.

    Raises ValidationError, PermissionDenied, StepRefused (`stale`).
    """
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    at = at or timezone.now()
    with acting(actor):
        row = lock(OpeningVisits.objects.visible_to(actor).select_related("station__division"), openingvisits, seen)
        require(actor.offices, POWER, ("decide",), path=row.station.division.path)
        for name, value in changes.items():
            setattr(row, name, value)
        row.version += 1
        _check(row)
        row.save()
        _note([row], actor, at)
    return row


def _check(row: OpeningVisits) -> None:
    row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name not in CHECKED])
    row.clean()


def _note(rows: Sequence[OpeningVisits], actor, at: datetime) -> None:
    for month, together in groupby(rows, key=lambda row: month_of(row.on)):
        last = [*together][-1]
        act = _("Visits of %(day)s entered: %(visitors)d") % {"day": last.on, "visitors": last.visitors}
        note_change([(last.station_id, month)], actor=actor, at=at, act=act)
