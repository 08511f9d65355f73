"""Empties the personal fields whose time is over, as the clock does every day; says how many rows of which table."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from culture_admin.accounts.personal.keeping import purge_personal


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        purged = purge_personal(timezone.now())
        for table, rows in purged.items():
            self.stdout.write(f"{table}: {rows} rows purged.")
        if not purged:
            self.stdout.write("Nothing is over.")
