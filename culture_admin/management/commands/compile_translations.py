"""Compiles the catalogues of `locale/` without the system's gettext."""

from typing import Any

from django.core.management.base import BaseCommand

from culture_admin.translations import compile_catalogues


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in compile_catalogues():
            self.stdout.write(f"Compiled {path}")
