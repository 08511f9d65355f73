"""What the worker does for the interfaces."""

from celery import shared_task
from django.utils import timezone

from culture_admin.interfaces import limits
from culture_admin.interfaces.idempotency import forget_calls


@shared_task
def forget_idempotent_calls() -> int:
    """Deletes the answers kept for repeated requests when their week is over."""
    return forget_calls(timezone.now())


@shared_task
def forget_allowances() -> int:
    """Deletes allowances that are full again."""
    return limits.forget_allowances(timezone.now())
