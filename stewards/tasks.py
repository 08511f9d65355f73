"""What the worker does for stewards: tell of levels that service lines have reached."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from stewards.actions.alerts import tell_due_levels


@shared_task
def tell_levels_reached() -> int:
    """Tells of what two who wrote at once did not see of each other; returns how many lines were looked at. Runs every hour."""
    return tell_due_levels(at=timezone.now())
