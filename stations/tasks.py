"""What the worker does for stations: open the annual reports and the facts of the year that is over."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from stations.actions import open_year
from stations.actions.report_years import open_annual_reports as open_reports


@shared_task
def open_annual_reports() -> int:
    """Opens the report of last year where a legal person has none yet; returns how many. Runs every hour."""
    at = timezone.now()
    return len(open_reports(year=timezone.localdate(at).year - 1, at=at))


@shared_task
def open_yearly_facts() -> int:
    """Opens the facts of last year where a station has none yet; returns how many. Runs every hour."""
    at = timezone.now()
    return open_year(year=timezone.localdate(at).year - 1, at=at)
