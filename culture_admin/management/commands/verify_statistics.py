"""Recomputes every summary from the rows it stands in for."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand

from culture_admin.statistics.register import summaries


class Command(BaseCommand):
    help = "Recomputes every summary from the rows it stands in for; exit 1 and a list where they differ."

    def handle(self, *args, **options) -> None:
        differing = 0
        for summary in summaries():
            for line in summary.differences():
                differing += 1
                self.stdout.write(f"{summary.model._meta.label}: {line}")
        if differing:
            self.stderr.write(f"{differing} cells differ.")
            sys.exit(1)
        self.stdout.write(f"{len(summaries())} summaries equal their rows.")
