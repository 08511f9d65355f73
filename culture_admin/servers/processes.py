"""Child processes that cannot outlive their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import IO

from culture_admin.servers.account import Account

SET_PARENT_DEATH_SIGNAL, SET_CHILD_SUBREAPER = 1, 36
libc = ctypes.CDLL(None, use_errno=True)


class ServerFailed(SystemExit):
    """A server that did not come up or went away; the message says which and shows the end of its log."""


def spawn(
    command: Iterable[str | Path],
    *,
    dies_by: signal.Signals,
    log: Path | None = None,
    account: Account | None = None,
    cwd: Path = Path("/"),
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Starts `command` in a session of its own, with its output in `log`; the kernel sends it `dies_by` when we die.

    Call it from the main thread: the kernel counts the death of the thread that started a child.
    """
    parent = os.getpid()

    def bind_to_parent() -> None:
        # Here the uid has been dropped already, which would clear the signal.
        die_with_parent(dies_by)
        if os.getppid() != parent:
            os._exit(1)

    with log.open("ab") if log else nullcontext() as output:
        return subprocess.Popen(
            [str(word) for word in command],
            cwd=cwd,
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            env=environment,
            start_new_session=True,
            preexec_fn=bind_to_parent,  # noqa: PLW1509 - spawned from the main thread, before others begin
            **(account.popen if account else {}),
        )


def die_with_parent(by: signal.Signals = signal.SIGKILL) -> None:
    """From now on the kernel sends this process the signal `by` when its parent dies."""
    libc.prctl(SET_PARENT_DEATH_SIGNAL, by)


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], *, log: Path, seconds: float = 60) -> None:
    """Returns when `ready()`; raises ServerFailed when the process ends or the time is over."""
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            how = "did not answer in time" if process.poll() is None else f"ended with {process.returncode}"
            raise ServerFailed(f"{log.stem} {how}. The end of {log}:\n{tail(log)}")
        time.sleep(0.02)


def stop(*processes: subprocess.Popen[bytes], by: signal.Signals, patience: float = 5) -> None:
    """Asks all `processes` to end by `by`; the sessions of those still there after `patience` seconds are killed."""
    for process in processes:
        process.send_signal(by)
    deadline = time.monotonic() + patience
    for process in processes:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def adopt_orphans() -> None:
    """From now on the orphans among our descendants become our children, for `kill_children` to find."""
    libc.prctl(SET_CHILD_SUBREAPER, 1)


def kill_children() -> None:
    """Kills and reaps whatever children are left."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    while listed.exists() and (children := listed.read_text().split()):
        for child in children:
            os.kill(int(child), signal.SIGKILL)
            os.waitpid(int(child), 0)


def tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
