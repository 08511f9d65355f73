"""What the worker does for files: sweep up those of work that was never finished."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from culture_admin.exchange.keeping import sweep_files
from culture_admin.exchange.originals import drop_originals
from culture_admin.exchange.uploading import sweep_uploads


@shared_task
def sweep_unfinished_files() -> int:
    """Files whose record was rolled back, uploads a week old, and sheets with personal data whose time is over; returns how many.

    Runs every hour.
    """
    at = timezone.now()
    return sweep_files(at) + sweep_uploads(at) + drop_originals(at)
