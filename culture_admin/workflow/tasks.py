"""What the worker is woken for: run one job, and sweep up those nobody was woken for."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from culture_admin.workflow import jobs
from culture_admin.workflow.models import Job


@shared_task
def run_job(pk: int) -> None:
    jobs.run(pk)


@shared_task
def sweep_jobs() -> int:
    """Wakes a worker for every due job; returns how many. Runs every 15 seconds."""
    due = list(Job.objects.due(timezone.now()).values_list("pk", flat=True)[:100])
    for pk in due:
        run_job.delay(pk)
    return len(due)
