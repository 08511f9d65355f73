"""Runs the whole system from this checkout, with demo data, until Ctrl-C."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from culture_admin.accounts.models import User
from culture_admin.environment import CHECKOUT
from culture_admin.servers.processes import die_with_parent, spawn
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
        parser.add_argument(
            "--end-with-parent", action="store_true", help="stop when the calling process is gone (make)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["prepare"]:
            self._prepare()
            return
        if options["end_with_parent"]:
            die_with_parent(signal.SIGTERM)
        if not settings.DEVELOPMENT:
            raise SystemExit("Not started: DATABASE_URL is set; the demo brings its own database, unset it.")
        # Here and not in the process that loads the demo: a process that has once looked for a catalogue does not look again.
        compile_catalogues()
        supervisor = Supervisor(settings.DATA_DIR, settings.PORT, self.stdout.write)
        supervisor.run(["demo", "--prepare"], ANNOUNCEMENT.format(address=supervisor.address))

    def _prepare(self) -> None:
        collecting = self._collect_static()
        self.stdout.write("Bringing the tables up to date …")
        call_command("migrate", verbosity=0, interactive=False)
        if not User.objects.exists():
            loading = settings.DATA_DIR / LOADING
            loading.touch()
            call_command("load_demo")
            loading.unlink()
        if collecting:
            if collecting.wait():
                raise SystemExit(f"The static files could not be collected; see {self._static_log}.")
            self._static_stamp.write_text(self._static_digest())

    @property
    def _static_stamp(self) -> Path:
        return settings.DATA_DIR / "static.stamp"

    @property
    def _static_log(self) -> Path:
        return settings.DATA_DIR / "logs" / "static.log"

    def _static_digest(self) -> str:
        """Of the sources of the static files: our own, and the versions of the packages."""
        digest = hashlib.sha256((CHECKOUT / "requirements/run.txt").read_bytes())
        for path in sorted(path for path in (CHECKOUT / "static").rglob("*") if path.is_file()):
            digest.update(str(path.relative_to(CHECKOUT)).encode() + path.read_bytes())
        return digest.hexdigest()

    def _collect_static(self) -> subprocess.Popen[bytes] | None:
        """Begins to collect and compress the static files, beside the rest, unless those there are of the same sources."""
        if self._static_stamp.exists() and self._static_stamp.read_text() == self._static_digest():
            return None
        self.stdout.write("Collecting the static files …")
        return spawn(
            [sys.executable, "manage.py", "collectstatic", "--clear", "--no-input", "--verbosity=0"],
            dies_by=signal.SIGKILL,
            log=self._static_log,
            cwd=CHECKOUT,
        )
