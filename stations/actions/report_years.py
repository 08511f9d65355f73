"""The year of annual reports: on 1 January every legal person owes one of the year that is over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from stations.actions.registration import open_registrations
from stations.models import Certificate, Registration, Station
from stations.models.registration import VAIN, Kind


def open_annual_reports(
    *, year: int, at: datetime, actor=None, stations: Collection[int] | None = None
) -> list[Registration]:
    """Opens the report of a year for every station that was a legal person at its end and has none; due on 31 March.

    Does so for all stations at once and may be called again. A certificate that lapsed ends no legal person, only a
    cancellation or a revocation does.
    """
    if year >= timezone.localdate(at).year:
        message = _("A report is of a year that is over.")
        raise ValidationError({"year": ValidationError(message, "year_not_over")})
    last = Certificate.objects.newest(date(year, 12, 31)).values("station", "ended_as", "pk")
    alive = [row["station"] for row in last if not row["ended_as"]]
    reported = Registration.objects.filter(kind=Kind.ANNUAL_REPORT, year=year).exclude(state__in=VAIN)
    rows = (
        Station.objects.filter(pk__in=alive)
        .exclude(pk__in=reported.values("station"))
        .select_related("unit", "division", "county")
        .order_by("pk")
    )
    if stations is not None:
        rows = rows.filter(pk__in=stations)
    return open_registrations(
        actor=actor, stations=list(rows), kind=Kind.ANNUAL_REPORT, year=year, batch=str(year), at=at
    )
