"""What the worker is woken for: jobs and those nobody was woken for, notices that go out, reminders, legal clocks."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from culture_admin.workflow import jobs, outbox, reminders
from culture_admin.workflow.actions import recompute
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


@shared_task
def send_notices() -> int:
    """Puts fresh notices into messages and sends what is due; returns how many went out. Runs every half minute."""
    return outbox.empty()


@shared_task
def remind_of_deadlines() -> int:
    """Tells whose duty is due soon, today or overdue; returns how many notices that were. Runs every hour."""
    return reminders.remind(timezone.now())


@shared_task
def recompute_deadlines() -> int:
    """Counts clocks again whose holidays were not published when they began; returns how many moved. Runs every night."""
    return recompute(timezone.now())
