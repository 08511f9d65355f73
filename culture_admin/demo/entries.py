"""Entering rows as ledgers come in: many of one station at once, by its own people or by somebody it has to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from activities.actions.bulk import DEFAULTS, log_activities
from activities.models import Activity
from culture_admin.accounts.models import User
from culture_admin.demo.districts import Town
from culture_admin.demo.programme import Row
from culture_admin.workflow.actions import perform
from stewards.models import Posting

OFFICE_HOUR = time(10, 0)


def enter(rows: Sequence[Row], town: Town, *, by: User, at: datetime, posting: Posting | None = None) -> list[int]:
    """Logs the rows, all of them led by the steward of `posting`, or by the station; returns their keys."""
    if not rows:
        return []
    columns: dict[str, Sequence] = {
        name: [row.get(name, default) for row in rows] for name, default in DEFAULTS.items()
    }
    return log_activities(actor=by, at=at, station=town.station, columns=columns | {"posting": [posting] * len(rows)})


def step(keys: Sequence[int], name: str, *, by: User, at: datetime, comment: str = "") -> None:
    """Takes one step on the activities with these keys."""
    perform(Activity.objects.filter(pk__in=keys), name, actor=by, at=at, comment=comment)


def moment(day: date, days_later: int = 0) -> datetime:
    """An office hour of a day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=days_later), OFFICE_HOUR))
