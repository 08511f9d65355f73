"""Adds a synthetic province for measurement: stations, their stewards, and activities over the last eight years."""

from __future__ import annotations

import time
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from activities.models.summary import fold
from culture_admin.demo.scale import MOST_STATIONS, ensure_stations, log_at_random
from culture_admin.privileges import schema_owner

YEARS = 8
BATCH = 50_000


class Command(BaseCommand):
    help = f"{__doc__} Run again, it adds more activities to the same stations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stations", type=_between(1, MOST_STATIONS), required=True, metavar="N")
        parser.add_argument("--activities", type=_between(0, 1_000_000_000), required=True, metavar="M")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        today = timezone.localdate()
        since = today - timedelta(days=round(YEARS * 365.25))
        added = ensure_stations(options["stations"], since)
        self.stdout.write(f"{added} stations added, {options['stations']} asked for.")
        total = options["activities"]
        batches = -(-total // BATCH)
        for batch in range(batches):
            # A slice of time each, so that the rows lie as they would have come in.
            first, end = (since + (today - since) * part // batches for part in (batch, batch + 1))
            done = total * batch // batches
            log_at_random(total * (batch + 1) // batches - done, first, max(1, (end - first).days))
            seconds = time.monotonic() - began
            self.stdout.write(f"{total * (batch + 1) // batches:,} of {total:,} activities, {seconds:.0f} s")
        self.stdout.write("Folding the summary …")
        fold()
        with schema_owner(connection), connection.cursor() as cursor:
            # Without it the planner goes on with the figures of the empty tables.
            cursor.execute("VACUUM (ANALYZE)")
        self.stdout.write(f"Done in {time.monotonic() - began:.0f} s.")


def _between(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ArgumentTypeError(f"a whole number from {least} to {most} is expected, not {text!r}")
        return int(text)

    return read
