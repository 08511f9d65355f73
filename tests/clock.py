"""Days counted from the clock's today, asked for at each use: a run of the tests may pass midnight."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone


def in_days(number: int) -> date:
    """The day that many days from now; a negative number lies in the past."""
    return timezone.localdate() + timedelta(days=number)
