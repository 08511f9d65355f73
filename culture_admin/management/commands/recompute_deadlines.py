"""Counts deadlines again whose clocks ran into a year without published holidays; says how many due dates moved."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from culture_admin.workflow.actions import recompute


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{recompute(timezone.now())} due dates moved.")
