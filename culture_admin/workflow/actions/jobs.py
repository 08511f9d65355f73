"""Leaving work for the worker."""

from __future__ import annotations

from django.db import transaction

from culture_admin.workflow.models import Job


def enqueue(kind: str, params: dict, *, actor, total: int = 0, wake=None) -> Job:
    """Leaves work for the worker in the caller's transaction; `wake(job_id)` is called once that has committed."""
    job = Job.objects.create(kind=kind, params=params, owner=actor, total=total)
    if wake:
        transaction.on_commit(lambda: wake(job.pk), robust=True)
    return job
