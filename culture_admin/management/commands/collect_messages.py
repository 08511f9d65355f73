"""Adds the texts that the Chinese catalogue lacks, drops those no longer used, and lists what is to be translated."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from culture_admin.translations import add_missing, catalogue, faults


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if anything is untranslated")

    def handle(self, *args: Any, **options: Any) -> None:
        chinese = catalogue()
        if not options["check"]:
            added, dropped = add_missing(chinese)
            chinese.save()
            self.stdout.write(f"{added} texts added, {dropped} dropped: {chinese.fpath}")
        lines = faults(chinese)
        for line in lines:
            self.stdout.write(line)
        if options["check"] and lines:
            raise SystemExit(1)
