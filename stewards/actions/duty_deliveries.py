"""What days on duty are worth on the service lines of contracts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stewards.actions.deliveries import settle_records
from stewards.models import DutyDay, Measure
from stewards.sources import Served, register

KIND = "dutyday"


def deliver_days(days: Sequence[DutyDay], actor, at: datetime) -> None:
    """Settles what days on duty are worth, after a step was taken on them."""
    settle_records(KIND, [day.pk for day in days], [day.posting_id for day in days], at=at)


def served_days(rows: QuerySet[DutyDay]) -> list[Served]:
    """A confirmed day counts by its half days."""
    return [
        Served(
            source_kind=KIND,
            source_id=row.pk,
            posting_id=row.posting_id,
            station_id=row.station_id,
            county_id=row.county_id,
            steward_id=row.steward_id,
            on=row.day,
            amounts={Measure.DUTY_DAYS: row.halves} if row.state == DutyDay.State.CONFIRMED else {},
            why=_("The record is “%(state)s”.") % {"state": row.get_state_display()},
        )
        for row in rows
    ]


register(KIND, "stewards.DutyDay", gettext_lazy("Day on duty"), served=served_days, records="duty-days")
