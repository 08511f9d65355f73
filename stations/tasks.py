"""What the worker does for stations: open the annual reports of the year that is over."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from stations.actions.report_years import open_annual_reports as open_reports


@shared_task
def open_annual_reports() -> int:
    """Opens the report of last year where a legal person has none yet; returns how many. Runs every hour."""
    at = timezone.now()
    return len(open_reports(year=timezone.localdate(at).year - 1, at=at))
