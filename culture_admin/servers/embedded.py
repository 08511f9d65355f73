"""PostgreSQL and Redis of one data directory: whoever comes first starts them, others find and borrow them."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from culture_admin.servers.account import Account
from culture_admin.servers.binaries import Binaries
from culture_admin.servers.postgres import Postgres
from culture_admin.servers.redis import Redis
from culture_admin.servers.sockets import PrivateDirectory

NOTE, HOLDING, IN_USE = "servers.json", "servers.lock", "servers.used"


class AlreadyHeld(Exception):
    """Another process holds the servers of this data directory."""


def note(data_dir: Path) -> dict[str, str]:
    """What the holder of the servers wrote down: `sockets`, and of a demo its `address`; {} when none runs."""
    try:
        return json.loads((data_dir / NOTE).read_text())
    except FileNotFoundError:
        return {}


def sockets(data_dir: Path) -> Path:
    """Where the running servers listen; a place that does not exist when none runs."""
    return Path(note(data_dir).get("sockets", data_dir / "no-server-is-running"))


class Embedded:
    """Both servers of `data_dir`, held by this process until `stop`; AlreadyHeld where another process holds them.

    Without `data_dir` they are throw-away servers: their data lies beside their sockets, goes with them, and is not made to
    survive a crash.
    """

    def __init__(self, data_dir: Path | None = None) -> None:
        account = Account.of_servers()
        if data_dir:
            self._holding = _hold(data_dir)
            self.directory = PrivateDirectory(account)
            self.data_dir, home = data_dir, account.home(data_dir)
        else:
            self.directory = PrivateDirectory(account)
            self.data_dir = home = self.directory.path
            self._holding = _hold(home)
        self.logs = self.data_dir / "logs"
        self.logs.mkdir(exist_ok=True)
        binaries = Binaries.for_account(account, home)
        log = self.logs / "postgres.log"
        self.postgres = Postgres(
            home / "postgres", self.directory.path, log, account, binaries, throwaway=data_dir is None
        )
        self.redis = Redis(self.directory.path, self.logs / "redis.log", account, binaries)

    def start(self) -> None:
        try:
            self.postgres.start()
            self.redis.start()
        except BaseException:
            self.stop()
            raise
        self.tell()

    def tell(self, **more: str) -> None:
        """Writes down where the servers are, for `note`."""
        written = self.data_dir / f"{NOTE}.new"
        written.write_text(json.dumps({"sockets": str(self.directory.path), "pid": str(os.getpid()), **more}))
        written.rename(self.data_dir / NOTE)

    def stop(self) -> None:
        (self.data_dir / NOTE).unlink(missing_ok=True)
        self.redis.stop()
        self.postgres.stop()
        self.directory.remove()
        self._holding.close()


@contextmanager
def borrowed(data_dir: Path) -> Iterator[None]:
    """The servers of `data_dir` for one command: the running ones, or our own until the command and its guests end."""
    while True:
        try:
            servers = Embedded(data_dir)
        except AlreadyHeld:
            with (data_dir / IN_USE).open("ab") as in_use:
                fcntl.flock(in_use, fcntl.LOCK_SH)
                if note(data_dir):
                    yield
                    return
            time.sleep(0.05)
            continue
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
        servers.start()
        try:
            yield
        finally:
            with (data_dir / IN_USE).open("ab") as in_use:
                fcntl.flock(in_use, fcntl.LOCK_EX)
                servers.stop()
        return


def _hold(data_dir: Path) -> IO[bytes]:
    data_dir.mkdir(parents=True, exist_ok=True)
    lock = (data_dir / HOLDING).open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise AlreadyHeld from None
    # Left by a holder that was killed.
    (data_dir / NOTE).unlink(missing_ok=True)
    return lock
