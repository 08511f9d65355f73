"""Whom the servers run as, and where that user may keep its state."""

from __future__ import annotations

import hashlib
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OUTSIDE = Path("/var/lib/culture-admin")


@dataclass(frozen=True)
class Account:
    """The system user of the servers: ourselves, or `nobody` for root, because PostgreSQL refuses to run as root."""

    uid: int
    gid: int

    @classmethod
    def of_servers(cls) -> Account:
        if os.geteuid() != 0:
            try:
                pwd.getpwuid(os.geteuid())
            except KeyError:
                raise SystemExit(
                    f"Not started: user id {os.geteuid()} has no line in /etc/passwd, which PostgreSQL needs; "
                    "add one or set DATABASE_URL."
                ) from None
            return cls(os.geteuid(), os.getegid())
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid)

    @property
    def is_other(self) -> bool:
        return self.uid != os.geteuid()

    @property
    def popen(self) -> dict[str, Any]:
        """What `subprocess` needs to become this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}

    def can_reach(self, *paths: Path) -> bool:
        """Whether this user may enter each directory and run each program."""
        test = ["/bin/sh", "-c", 'for path; do [ -x "$path" ] || exit 1; done', "sh", *map(str, paths)]
        return subprocess.run(test, cwd="/", check=False, **self.popen).returncode == 0

    def private(self, path: Path) -> Path:
        """`path` as a directory that only this user may enter; its parents stay as they are."""
        path.mkdir(parents=True, exist_ok=True)
        if self.is_other:
            os.chown(path, self.uid, self.gid)
        path.chmod(0o700)
        return path

    def home(self, data_dir: Path) -> Path:
        """Where the servers of `data_dir` keep their state: in it, or outside where this user cannot get there."""
        outside = OUTSIDE / hashlib.sha256(str(data_dir.resolve()).encode()).hexdigest()[:12]
        if outside.exists():
            return self.private(outside)
        home = self.private(data_dir / "servers")
        if self.can_reach(home):
            return home
        if any(home.iterdir()):
            raise SystemExit(
                f"Not started: user id {self.uid} can no longer enter {home}; open the directories above it."
            )
        home.rmdir()
        OUTSIDE.mkdir(mode=0o711, parents=True, exist_ok=True)
        return self.private(outside)
