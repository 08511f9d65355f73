"""One Redis, reached over a Unix socket only; it keeps nothing on disk, because a Job row is the truth."""

from __future__ import annotations

import signal
import socket
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from culture_admin.servers.account import Account
from culture_admin.servers.binaries import Binaries
from culture_admin.servers.processes import spawn, stop, wait_until

CONFIGURATION = """
port 0
unixsocket "{socket}"
unixsocketperm 700
dir "{directory}"
save ""
appendonly no
databases 64
maxmemory 128mb
maxmemory-policy volatile-lru
"""


def url(sockets: Path, database: int = 0) -> str:
    return f"unix://{sockets}/redis.sock?db={database}"


@dataclass
class Redis:
    """A server with its socket in `sockets`."""

    sockets: Path
    log: Path
    account: Account
    binaries: Binaries
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Returns when it answers."""
        with tempfile.TemporaryFile() as configuration:
            # From stdin, so that no path is parsed twice and no file is left.
            configuration.write(
                CONFIGURATION.format(socket=self.sockets / "redis.sock", directory=self.sockets).encode()
            )
            configuration.seek(0)
            self.process = spawn(
                [self.binaries.redis, "-"],
                log=self.log,
                dies_by=signal.SIGTERM,
                account=self.account,
                stdin=configuration,
            )
        wait_until(self._answers, self.process, log=self.log)

    def stop(self) -> None:
        if self.process:
            stop(self.process, by=signal.SIGTERM)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(self.sockets / "redis.sock"))
                client.sendall(b"PING\r\n")
                return client.recv(7) == b"+PONG\r\n"
            except OSError:
                return False
