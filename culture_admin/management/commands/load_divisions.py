"""Enters the divisions of a CSV file: all of them, or none."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from culture_admin.territory.actions import load_divisions
from culture_admin.territory.models import LEVELS

COLUMNS = ("code", "name_zh", "name_en", "level", "type", "parent", "valid_from", "valid_to", "successor")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="with the columns of culture_admin/demo/data/divisions.csv")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        rows = _rows(file)
        try:
            with transaction.atomic():
                entered = load_divisions(rows)
        except ValidationError as refused:
            raise CommandError(_("Nothing was entered. %(why)s") % {"why": " ".join(refused.messages)}) from None
        except ValueError as error:
            raise CommandError(_("Nothing was entered. %(why)s") % {"why": error}) from None
        except KeyError as code:
            raise CommandError(
                _("Nothing was entered. %(code)s does not stand above its children.") % {"code": code}
            ) from None
        self.stdout.write(_("%(number)d divisions entered.") % {"number": len(entered)})


def _rows(file: Path) -> list[dict[str, str]]:
    """The rows of the file, their references known to lead somewhere."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as sheet:
            rows = list(csv.DictReader(sheet))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandError(
            _("%(file)s cannot be read as CSV in UTF-8: %(why)s") % {"file": file, "why": error}
        ) from None
    if not rows or set(rows[0]) != set(COLUMNS):
        raise CommandError(
            _("%(file)s: the columns must be %(columns)s.") % {"file": file, "columns": ", ".join(COLUMNS)}
        )
    codes = {row["code"] for row in rows}
    for line, row in enumerate(rows, start=2):
        for name in ("parent", "successor"):
            if row[name] and row[name] not in codes:
                raise CommandError(
                    _("%(file)s, line %(line)d: %(column)s %(code)s is not among the codes of the file.")
                    % {"file": file, "line": line, "column": name, "code": row[name]}
                )
        if row["level"] not in LEVELS:
            raise CommandError(
                _("%(file)s, line %(line)d: the level is one of %(levels)s.")
                % {"file": file, "line": line, "levels": ", ".join(LEVELS)}
            )
    return rows
