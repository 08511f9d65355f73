"""What the worker does for activities: keep the monthly summary short."""

from __future__ import annotations

from celery import shared_task

from activities.models.summary import fold, purge


@shared_task
def fold_summaries() -> int:
    """Merges fresh summary rows into their cells; returns how many. Runs every half minute."""
    return fold()


@shared_task
def purge_summaries() -> int:
    """Drops cells from which everything was taken away again; returns how many. Runs every night."""
    return purge()
