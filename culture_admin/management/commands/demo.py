"""Runs the whole system from this checkout, with demo data, until Ctrl-C."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from culture_admin.accounts.models import User
from culture_admin.environment import CHECKOUT
from culture_admin.servers.supervisor import LOADING, Supervisor
from culture_admin.translations import compile_catalogues

ANNOUNCEMENT = """
Open {address} and sign in; the password of every account is demo-culture-2026.

  leader bureau personnel service finance registrar backbone assessor observer   each with .cixi and .xiaoshan
  town head officer                          each with .guanhaiwei .longshan .xintang .wenyan
  firm.jiangnan firm.qianchao steward.xintang steward.wenyan sysadmin security audit

For example bureau.xiaoshan at the desk, head.xintang on a phone. Ctrl-C stops everything and keeps the data."""


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--prepare", action="store_true", help="only make the database and the static files ready")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["prepare"]:
            self._prepare()
            return
        if not settings.DEVELOPMENT:
            raise SystemExit("Not started: DATABASE_URL is set; the demo brings its own database, unset it.")
        supervisor = Supervisor(settings.DATA_DIR, settings.PORT, self.stdout.write)
        supervisor.run(["demo", "--prepare"], ANNOUNCEMENT.format(address=supervisor.address))

    def _prepare(self) -> None:
        compile_catalogues()
        self._collect_static()
        self.stdout.write("Bringing the tables up to date …")
        call_command("migrate", verbosity=0, interactive=False)
        if not User.objects.exists():
            loading = settings.DATA_DIR / LOADING
            loading.touch()
            call_command("load_demo")
            loading.unlink()

    def _collect_static(self) -> None:
        """Collects and compresses the static files unless those collected are of the same sources."""
        sources = [CHECKOUT / "requirements/run.txt", *sorted(path for path in (CHECKOUT / "static").rglob("*") if path.is_file())]
        digest = hashlib.sha256()
        for path in sources:
            digest.update(str(path.relative_to(CHECKOUT)).encode() + path.read_bytes())
        stamp = settings.DATA_DIR / "static.stamp"
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            return
        self.stdout.write("Collecting the static files …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(digest.hexdigest())
