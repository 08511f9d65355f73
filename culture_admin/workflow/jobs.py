"""Kinds of work for the worker, and how one piece of it is taken, kept alive and finished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from culture_admin.workflow.models import Job

LEASE = timedelta(seconds=30)
ATTEMPTS = 5

KINDS: dict[str, Callable[[Job], str]] = {}


class Hopeless(Exception):
    """A failure that trying again would only repeat; its text is for the owner of the job."""


def job(kind: str):
    """Registers the function that does a kind of job. It returns a message for the owner and may be called again."""

    def register(function: Callable[[Job], str]) -> Callable[[Job], str]:
        KINDS[kind] = function
        return function

    return register


def take(pk: int, at: datetime | None = None) -> Job | None:
    """Leases a due job to the caller; None when another has it or it is over."""
    at = at or timezone.now()
    with transaction.atomic():
        found = Job.objects.due(at).filter(pk=pk).select_for_update(skip_locked=True).first()
        if found is None:
            return None
        found.state, found.lease_until, found.attempts = Job.State.RUNNING, at + LEASE, found.attempts + 1
        found.save(update_fields=["state", "lease_until", "attempts"])
        return found


def beat(held: Job, done: int) -> None:
    """Says that the job is alive and how far it is; outside the work's own transaction the owner sees it at once."""
    held.done, held.lease_until = done, timezone.now() + LEASE
    held.save(update_fields=["done", "lease_until"])


def run(pk: int) -> Job | None:
    """Takes and does one job. A failure is tried again by the sweeper, and after five attempts told to the owner; a hopeless
    one at once.
    """
    held = take(pk)
    if held is None:
        return None
    try:
        message = KINDS[held.kind](held)
    except Hopeless as error:
        _fail(held, str(error), final=True)
        return held
    except Exception as error:
        _fail(held, f"{type(error).__name__}: {error}", final=held.attempts >= ATTEMPTS)
        raise
    held.state, held.message, held.finished_at = Job.State.DONE, message, timezone.now()
    held.save(update_fields=["state", "message", "finished_at"])
    return held


def _fail(held: Job, message: str, *, final: bool) -> None:
    held.state = Job.State.FAILED if final else Job.State.QUEUED
    held.run_at = timezone.now() + LEASE * held.attempts
    held.message = message[:2000]
    held.finished_at = timezone.now() if final else None
    held.save(update_fields=["state", "run_at", "message", "finished_at"])
