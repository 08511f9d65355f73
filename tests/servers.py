"""The suite's own PostgreSQL and Redis, started before Django reads its settings.

One throw-away server a session, shared by its xdist workers, each with a database of its own cloned from a template that
is migrated once and kept from session to session. Tests connect as the application's role. Give it to pytest as an early
plugin: `-p tests.servers`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection

from culture_admin.environment import CHECKOUT, data_dir
from culture_admin.servers.embedded import Embedded, sockets
from culture_admin.servers.postgres import BOOTSTRAP, create_database, drop_database
from culture_admin.servers.redis import url as redis_url
from culture_admin.translations import compile_catalogues

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
TEMPLATE = "template_migrated"
# Made anew in every session, because the code that makes it may have changed.
DISTRICT = "test_district"
FINGERPRINTED = (
    "*/migrations/*.py",
    "culture_admin/*/migrations/*.py",
    "culture_admin/servers/*.py",
    "culture_admin/management/commands/migrate.py",
    "culture_admin/privileges.py",
    "culture_admin/settings.py",
    "requirements/test.txt",
)
# A suite leaves less than 1 GB there at a time.
MEMORY, PLENTY = "/dev/shm", 4 * 1024**3
KEPT_SECONDS = 24 * 60 * 60
CHOSEN_BY_INSTALLATIONS = (
    "DATABASE_URL MIGRATION_DATABASE_URL STATISTICS_DATABASE_URL REDIS_URL SECRET_KEY FIELD_KEYS API_KEY_PEPPERS DEBUG "
    "ALLOWED_HOSTS TRUSTED_PROXIES EMAIL_URL EMAIL_FROM NOTICE_URL NOTICE_SECRET METRICS_ALLOWED SECOND_FACTOR PASSWORD_PROFILE"
).split()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Before pytest-django reads the settings: starts the servers; xdist workers find them through DATA_DIR."""
    if not WORKER:
        keep_temporary_files_in_memory()
        for name in CHOSEN_BY_INSTALLATIONS:
            os.environ.pop(name, None)
        os.environ["SECOND_FACTOR"] = "off"
        compile_catalogues()
        session = Session(data_dir() / "tests")
        session.start()
        early_config.add_cleanup(session.stop)
        os.environ["DATA_DIR"] = str(session.data_dir)
    number = int(WORKER.removeprefix("gw")) + 1 if WORKER else 0
    os.environ["REDIS_URL"] = redis_url(sockets(data_dir()), number)
    return (yield)


def keep_temporary_files_in_memory() -> None:
    """Lets everything temporary lie in memory where there is plenty: to make a file there takes a tenth of the time, and every
    database that a test has to itself is a thousand files.
    """
    try:
        found = os.statvfs(MEMORY)
    except OSError:
        return
    roomy = found.f_bavail * found.f_frsize > PLENTY
    # Where the servers' user cannot reach the wheels, programs are copied to where the data lie.
    if roomy and os.access(MEMORY, os.W_OK) and not found.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = MEMORY


class Session:
    """The servers of one test session, and the cluster with the migrated template kept for the next."""

    def __init__(self, kept: Path) -> None:
        self.cluster = kept / f"cluster-{fingerprint()}"
        kept.mkdir(parents=True, exist_ok=True)

    def start(self) -> None:
        self.servers = Embedded()
        self.data_dir = self.servers.data_dir
        self.found = self.cluster.exists()
        if self.found:
            copy(self.cluster, self.servers.postgres.data)
            self.cluster.touch()
        self.servers.start()

    def stop(self) -> None:
        keep = strip_to_template(self.servers) and not self.found
        self.servers.postgres.stop()
        if keep:
            self._keep()
        self.servers.stop()

    def _keep(self) -> None:
        copied = self.cluster.with_suffix(f".{os.getpid()}")
        copy(self.servers.postgres.data, copied)
        try:
            copied.rename(self.cluster)
        except OSError:
            # Another session kept the same one meanwhile.
            shutil.rmtree(copied)
        for cluster in self.cluster.parent.glob("cluster-*"):
            if time.time() - cluster.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(cluster)


def copy(cluster: Path, to: Path) -> None:
    """A copy with owners and modes; where the file system can, the blocks are shared."""
    subprocess.run(["cp", "-a", "--reflink=auto", cluster, to], check=True)


def fingerprint() -> str:
    """Of everything that makes the template what it is."""
    digest = hashlib.sha256()
    for pattern in FINGERPRINTED:
        for path in sorted(CHECKOUT.glob(pattern)):
            digest.update(str(path.relative_to(CHECKOUT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def strip_to_template(servers: Embedded) -> bool:
    """Drops what tests left; says whether there is a template to keep."""
    with closing(servers.postgres.connect()) as connected, connected.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", ["test_%"])
        for (name,) in cursor.fetchall():
            drop_database(cursor, name)
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [TEMPLATE])
        return bool(cursor.rowcount)


@contextmanager
def maintenance() -> Iterator:
    """A cursor of the bootstrap superuser of the session's server."""
    with closing(psycopg2.connect(host=sockets(data_dir()), user=BOOTSTRAP, dbname="postgres")) as connected:
        connected.autocommit = True
        yield connected.cursor()


def ensure_database(name: str, fill: Callable[[], object], template: str = "template0") -> None:
    """Makes the database `name`, a copy of `template` that `fill` has filled, in whichever worker comes first; others wait."""
    with (data_dir() / f"{name}.lock").open("ab") as lock, maintenance() as cursor:
        fcntl.flock(lock, fcntl.LOCK_EX)
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if cursor.rowcount:
            return
        unfinished = f"{name}_unfinished"
        drop_database(cursor, unfinished)
        create_database(cursor, unfinished, template)
        with use_database(unfinished):
            fill()
        cursor.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")


def ensure_template() -> None:
    """The migrated database, kept from session to session."""
    ensure_database(TEMPLATE, lambda: call_command("migrate", verbosity=0, interactive=False))


@contextmanager
def use_database(name: str) -> Iterator[None]:
    """Within it Django's connections, also those of new threads, lead to the database `name`."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextmanager
def cloned_database(name: str, template: str) -> Iterator[None]:
    """A fresh clone of `template` under `name`, used within and dropped afterwards."""
    with maintenance() as cursor:
        drop_database(cursor, name)
        create_database(cursor, name, template)
        try:
            with use_database(name):
                yield
        finally:
            drop_database(cursor, name)
