"""What the worker does for the interfaces."""

from celery import shared_task
from django.utils import timezone

from culture_admin.interfaces.idempotency import forget_calls


@shared_task
def forget_idempotent_calls() -> int:
    """Deletes the answers kept for repeated requests when their week is over."""
    return forget_calls(timezone.now())
