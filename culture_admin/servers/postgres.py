"""One PostgreSQL: made, started and stopped as a direct child, reached over a Unix socket only."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
from psycopg2 import sql

from culture_admin.servers.account import Account
from culture_admin.servers.binaries import Binaries
from culture_admin.servers.processes import ServerFailed, spawn, stop, tail, wait_until

DATABASE, OWNER, APPLICATION, BOOTSTRAP = "culture", "culture_owner", "culture_app", "postgres"
SETTINGS = {
    "listen_addresses": "",
    # A 64 MB /dev/shm, usual in containers, breaks parallel joins.
    "dynamic_shared_memory_type": "mmap",
    "max_connections": "80",
    "log_checkpoints": "off",
}
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
INITDB = (
    "--auth-local=trust --auth-host=reject --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8"
).split()


@dataclass
class Postgres:
    """A server over the cluster `data`, with its socket in `sockets`."""

    data: Path
    sockets: Path
    log: Path
    account: Account
    binaries: Binaries
    throwaway: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Makes the cluster, its roles and its database where they are missing, and returns when it answers."""
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        _outlast_predecessor(self.data)
        settings = SETTINGS | (THROWAWAY if self.throwaway else {}) | {"unix_socket_directories": str(self.sockets)}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.process = spawn(
            [self.binaries.postgres, "-D", self.data, *words],
            log=self.log,
            dies_by=signal.SIGQUIT if self.throwaway else signal.SIGINT,
            account=self.account,
            environment=os.environ | {"LC_ALL": "C"},
        )
        wait_until(self._answers, self.process, log=self.log)
        self._ensure_roles()

    def stop(self) -> None:
        """Ends all connections and shuts down cleanly."""
        if self.process:
            stop(self.process, by=signal.SIGINT, patience=20)

    def connect(self, database: str = "postgres"):
        """An autocommitting connection of the bootstrap superuser, which the application never uses."""
        connection = psycopg2.connect(host=str(self.sockets), user=BOOTSTRAP, dbname=database)
        connection.autocommit = True
        return connection

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def _make_cluster(self) -> None:
        unfinished = self.data.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        command = [self.binaries.initdb, "-D", unfinished, "-U", BOOTSTRAP, *INITDB]
        with self.log.open("ab") as output:
            made = subprocess.run(
                [str(word) for word in command] + (["--no-sync"] if self.throwaway else []),
                cwd="/",
                stdout=output,
                stderr=subprocess.STDOUT,
                env=os.environ | {"LC_ALL": "C"},
                check=False,
                **self.account.popen,
            )
        if made.returncode:
            raise ServerFailed(
                f"PostgreSQL could not make its data directory. The end of {self.log}:\n{tail(self.log)}"
            )
        unfinished.rename(self.data)

    def _ensure_roles(self) -> None:
        """The owner of the schema and the application's role, which owns nothing; neither is a superuser."""
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            for role in (OWNER, APPLICATION):
                cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
                if not cursor.rowcount:
                    cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.rowcount:
                create_database(cursor, DATABASE)


def create_database(cursor, name: str, template: str = "template0") -> None:
    """A database of the schema's owner, copied from `template`."""
    cursor.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY file_copy").format(
            sql.Identifier(name), sql.Identifier(template), sql.Identifier(OWNER)
        )
    )


def drop_database(cursor, name: str) -> None:
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _outlast_predecessor(data: Path) -> None:
    """Waits for a server that is still going down after its parent was killed, and removes what a dead one left."""
    note = data / "postmaster.pid"
    deadline = time.monotonic() + 20
    while note.exists():
        pid = note.read_text().split()[0]
        if not _serves(pid, data):
            note.unlink(missing_ok=True)
        elif time.monotonic() > deadline:
            os.kill(int(pid), signal.SIGKILL)
        time.sleep(0.05)


def _serves(pid: str, data: Path) -> bool:
    """Whether the process `pid` is a server over `data`, and not another one that got its number."""
    try:
        return str(data).encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
