"""Does once what the worker does all the time: reminds of deadlines, puts fresh notices into messages, sends what is due."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from culture_admin.workflow import outbox, reminders


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        reminded = reminders.remind(timezone.now())
        sent = outbox.empty()
        self.stdout.write(f"{reminded} reminders, {sent} messages sent.")
