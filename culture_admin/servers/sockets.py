"""Short private directories for sockets, which a later run can tell from abandoned ones and sweep.

A socket's path may have 107 bytes, and redis-server cuts a longer one silently, so they lie outside the checkout.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import IO

from culture_admin.servers.account import Account

PREFIX = "culture-admin-"
LONGEST = 60
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")


class PrivateDirectory:
    """A directory only `account` may enter, held by a lock as long as this process lives."""

    def __init__(self, account: Account) -> None:
        base = _base(account)
        sweep(base)
        # The lock is taken under a name that nobody sweeps.
        unlocked = Path(tempfile.mkdtemp(prefix=f".{PREFIX}", dir=base))
        (unlocked / "lock").touch()
        self._lock = _lock(unlocked)
        self.path = unlocked.rename(base / unlocked.name.lstrip("."))
        account.private(self.path)

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.close()


def sweep(base: Path) -> None:
    """Removes the directories below `base` whose holder is gone."""
    for directory in base.glob(f"{PREFIX}*"):
        try:
            lock = _lock(directory)
        except OSError:
            continue
        shutil.rmtree(directory, ignore_errors=True)
        lock.close()


def _lock(directory: Path) -> IO[bytes]:
    """The held lock of `directory`; OSError where another process holds it or the directory is not one of these."""
    lock = (directory / "lock").open("r+b")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise
    return lock


def _base(account: Account) -> Path:
    for base in (tempfile.gettempdir(), "/tmp", "/dev/shm", "/var/tmp"):
        short = len(base) < LONGEST and PLAIN.fullmatch(base)
        if short and os.access(base, os.W_OK) and account.can_reach(Path(base)):
            return Path(base)
    raise SystemExit("Not started: there is no writable temporary directory with a short name; set TMPDIR=/tmp.")
