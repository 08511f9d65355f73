"""What the worker does for activities: keep the monthly summary short, open the returns of the month that is over."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from activities.actions.months import open_month
from activities.models.returns import month_of
from activities.models.summary import fold, purge


@shared_task
def fold_summaries() -> int:
    """Merges fresh summary rows into their cells; returns how many. Runs every half minute."""
    return fold()


@shared_task
def purge_summaries() -> int:
    """Drops cells from which everything was taken away again; returns how many. Runs every night."""
    return purge()


@shared_task
def open_monthly_returns() -> int:
    """Opens the returns of last month where a station has none yet; returns how many. Runs every hour."""
    at = timezone.now()
    return open_month(month=month_of(month_of(timezone.localdate(at)) - timedelta(days=1)), at=at)
