"""The same import of a ledger as the page's and the API's."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from culture_admin.accounts.models import User
from culture_admin.exchange.actions import RowsRefused, apply_import, open_import
from culture_admin.exchange.ledgers import LEDGERS
from culture_admin.exchange.reader import Unreadable
from culture_admin.territory.models import Unit

REFUSED, UNREADABLE = 1, 2


class Command(BaseCommand):
    help = "Imports a station's ledger. Exit status: 1 when rows are refused and all were asked for, 2 for an unreadable file."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", required=True, choices=sorted(LEDGERS))
        parser.add_argument("--station", required=True, help="the division code of the station's town")
        parser.add_argument("--as", dest="username", required=True, help="who imports")
        parser.add_argument("--rows", choices=["all", "good"], default="all")
        parser.add_argument("--dry-run", action="store_true", help="preview only")
        parser.add_argument("--json", action="store_true", help="print the preview as JSON")

    def handle(self, *args, file: Path, kind: str, station: str, username: str, rows: str, **options):
        actor = User.objects.filter(username=username, is_active=True).first()
        if actor is None:
            raise CommandError(_("There is no account “%(name)s”.") % {"name": username})
        units = Unit.objects.filter(kind=Unit.Kind.STATION, division__code=station).select_related("division")
        unit = units.order_by("-pk").first()
        if unit is None:
            raise CommandError(_("There is no station in a town of the code %(code)s.") % {"code": station})
        try:
            self._progress(_("reading %(file)s …") % {"file": file.name})
            batch, plan = open_import(actor=actor, kind=kind, unit=unit, file_name=file.name, content=file.read_bytes())
            if not options["dry_run"]:
                self._progress(_("writing %(count)d rows …") % {"count": len(plan.positions("new"))})
                batch = apply_import(actor=actor, batch=batch, rows=rows, plan=plan)
        except (Unreadable, OSError) as error:
            self._fail(getattr(error, "message", str(error)), UNREADABLE)
        except (PermissionDenied, ValidationError) as error:
            self._fail("; ".join(getattr(error, "messages", [str(error)])), REFUSED)
        except RowsRefused as refused:
            self._show({"id": refused.batch.pk, **refused.batch.preview}, options["json"])
            self._fail(str(refused), REFUSED)
        else:
            self._show({"id": batch.pk, **batch.preview}, options["json"])

    def _progress(self, text: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(text)

    def _show(self, preview: dict, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(preview, ensure_ascii=False, default=str))
            return
        self.stdout.write("  ".join(f"{name} {count}" for name, count in preview["counts"].items()))
        self.stdout.write("  ".join(f"{name} {total}" for name, total in preview["totals"].items()))
        for refusal in preview["refusals"]:
            where = _("row %(row)d") % {"row": refusal["row"]}
            self.stdout.write(f"{refusal['sheet']} {where} {refusal['column'] or ''}: {refusal['message']}")
        for said in [*preview["warnings"], *preview["notes"]]:
            self.stdout.write(f"{said['sheet']} {said['row'] or ''} {said['message']}".strip())
        for question in preview["questions"]:
            self.stdout.write(f"? {question['text']} {', '.join(question['choices'])}")

    def _fail(self, text: str, status: int) -> None:
        self.stderr.write(self.style.ERROR(text))
        sys.exit(status)
