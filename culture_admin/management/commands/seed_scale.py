"""Adds a synthetic province for measurement: stations, their stewards, and activities over the last eight years."""

from __future__ import annotations

import time
from argparse import ArgumentTypeError
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from activities.models.summary import fold
from culture_admin.demo.scale import MOST_STATIONS, ensure_stations, log_at_random
from culture_admin.privileges import schema_owner

YEARS = 8
SLICE = 50_000
# PostgreSQL does the work, one core for each connection.
AT_ONCE = 2


class Command(BaseCommand):
    help = f"{__doc__} Run again, it adds more activities to the same stations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stations", type=_between(1, MOST_STATIONS), required=True, metavar="N")
        parser.add_argument("--activities", type=_between(0, 1_000_000_000), required=True, metavar="M")

    def handle(self, *args: Any, **options: Any) -> None:
        self.began = time.monotonic()
        today = timezone.localdate()
        since = today - timedelta(days=round(YEARS * 365.25))
        added = ensure_stations(options["stations"], since)
        self._tell(f"{added} stations added, {options['stations']} asked for")
        self._log(options["activities"], since, today)
        self._tell("folding the summary …")
        fold()
        with schema_owner(connection), connection.cursor() as cursor:
            # Without it the planner goes on with the figures of the empty tables.
            cursor.execute("VACUUM (ANALYZE)")
        self._tell("done")

    def _log(self, activities: int, since: date, today: date) -> None:
        """Logs a slice of time after the other, so that the rows lie as they would have come in."""
        slices = -(-activities // SLICE)
        days, counts = (
            [whole * part // slices for part in range(slices + 1)] for whole in ((today - since).days, activities)
        )

        def log(part: int) -> int:
            try:
                first, behind = days[part], max(days[part + 1], days[part] + 1)
                log_at_random(counts[part + 1] - counts[part], since + timedelta(days=first), behind - first)
            finally:
                # That of the pool's thread.
                connection.close()
            return counts[part + 1]

        with ThreadPoolExecutor(AT_ONCE) as pool:
            for done in pool.map(log, range(slices)):
                self._tell(f"{done:,} of {activities:,} activities")

    def _tell(self, what: str) -> None:
        self.stdout.write(f"{time.monotonic() - self.began:4.0f} s  {what}")


def _between(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ArgumentTypeError(f"a whole number from {least} to {most} is expected, not {text!r}")
        return int(text)

    return read
