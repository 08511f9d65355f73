"""Loads the two demo districts into an empty database; where they are already, says so."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from culture_admin.demo.accounts import demo_accounts_present
from culture_admin.demo.loading import load
from culture_admin.territory.models import Division

EARLIEST = date(2022, 3, 1)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", metavar="DATE", help="the day the demo's present ends on, such as 2026-05-20")

    def handle(self, *args: Any, **options: Any) -> None:
        at = _moment(options["today"])
        if settings.PRODUCTION:
            raise CommandError("This is a real installation; demo accounts have a password everybody knows.")
        if demo_accounts_present():
            self.stdout.write("The demo districts are there already; nothing was done.")
            return
        if Division.objects.exists():
            raise CommandError("The database holds other divisions already; the demo goes into an empty one only.")
        self.stdout.write("Loading the demo districts, which takes some minutes the first time …")
        # What is worded when it is written down is worded for those who live there.
        with translation.override("zh-hans"):
            load(at, self._say)

    def _say(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()


def _moment(written: str | None) -> datetime:
    """Noon of the day written, or now."""
    now = timezone.now()
    if not written:
        return now
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise CommandError(f"--today is {written!r}; write a date like 2026-05-20.") from None
    if day < EARLIEST:
        raise CommandError(f"--today is {day}; the demo's past reaches to 2021, so its present begins on {EARLIEST}.")
    if day == timezone.localdate(now):
        return now
    return timezone.make_aware(datetime.combine(day, time(12, 0)))
