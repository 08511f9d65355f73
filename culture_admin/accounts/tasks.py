"""What the worker does for accounts."""

from celery import shared_task
from django.utils import timezone

from culture_admin.accounts.personal import keeping


@shared_task
def purge_personal() -> dict[str, int]:
    """Empties the personal fields whose time is over. Runs once a day."""
    return keeping.purge_personal(timezone.now())
