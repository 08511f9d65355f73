"""Entering rows as ledgers come in: a station's rows at once, by its own people or by a firm for its steward."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from activities.actions.bulk import DEFAULTS, log_activities
from activities.models import Activity
from culture_admin.demo.districts import Town
from culture_admin.demo.firms import Service
from culture_admin.demo.programme import Row
from culture_admin.workflow.actions import perform

OFFICE_HOUR = time(10, 0)


def enter(rows: Sequence[Row], town: Town, *, at: datetime) -> None:
    """The station's own ledger, confirmed by the head's entering it."""
    if rows:
        log_activities(actor=town.head, at=at, station=town.station, columns=_columns(rows))


def report(rows: Sequence[Row], service: Service, *, at: datetime) -> list[Activity]:
    """What a steward did; it waits for the station."""
    if not rows:
        return []
    columns = _columns(rows) | {"posting": [service.posting] * len(rows)}
    keys = log_activities(actor=service.filer, at=at, station=service.town.station, columns=columns)
    return list(Activity.objects.filter(pk__in=keys).order_by("pk"))


def confirm(activities: Sequence[Activity], town: Town, *, at: datetime) -> None:
    perform(activities, "confirm", actor=town.head, at=at)


def moment(day: date, days_later: int = 0) -> datetime:
    """An office hour of a day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=days_later), OFFICE_HOUR))


def _columns(rows: Sequence[Row]) -> dict[str, Sequence]:
    return {name: [row.get(name, default) for row in rows] for name, default in DEFAULTS.items()}
