"""The demo's parent: PostgreSQL and Redis, the preparation, the web server and the worker, from start to ordered end."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from culture_admin.environment import CHECKOUT
from culture_admin.servers.embedded import AlreadyHeld, Embedded, note
from culture_admin.servers.postgres import DATABASE, create_database, drop_database
from culture_admin.servers.processes import ServerFailed, adopt_orphans, kill_children, spawn, stop, tail, wait_until

HEALTHY_AFTER = 5
FALLS_ALLOWED = 3
LOADING = "demo-is-loading"


@dataclass
class Part:
    """One process kept alive: how to start it, and how often it fell soon after its start."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes] = field(init=False)
    started: float = field(init=False)
    falls: int = 0

    def __post_init__(self) -> None:
        self._run()

    def mend(self, logs: Path) -> None:
        """Starts the process again if it ended; gives up when it keeps falling."""
        if self.process.poll() is None:
            return
        self.falls = self.falls + 1 if time.monotonic() - self.started < HEALTHY_AFTER else 1
        if self.falls == FALLS_ALLOWED:
            log = logs / f"{self.name}.log"
            raise ServerFailed(f"{self.name} keeps ending. The end of {log}:\n{tail(log)}")
        self._run()

    def _run(self) -> None:
        self.process, self.started = self.start(), time.monotonic()


class Supervisor:
    """Runs the demo of one data directory on 127.0.0.1:`port`; `say` prints a line."""

    def __init__(self, data_dir: Path, port: int, say: Callable[[str], None]) -> None:
        self.data_dir, self.port, self.say = data_dir, port, say
        self.address = f"http://127.0.0.1:{port}/"
        self.stopping = False
        self.environment = os.environ | {
            "SECOND_FACTOR": "off",
            "PORT": str(port),
            "PROMETHEUS_MULTIPROC_DIR": str(data_dir / "metrics"),
        }

    def run(self, prepare: list[str], announcement: str) -> None:
        """Starts everything, announces it and returns after a signal, when everything has ended.

        prepare: the arguments of the manage.py call that makes the database ready.
        Raises ServerFailed when a part does not come up or keeps ending.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        adopt_orphans()
        self._hold()
        try:
            self._require_port()
            with self._step("PostgreSQL and Redis are up"):
                self.servers.start()
                self._forget_unfinished_load()
            self._prepare(prepare)
            self._serve(announcement)
        finally:
            self.servers.stop()
            kill_children()

    def _hold(self) -> None:
        """Takes the servers of the data directory, after a command that may be using them has ended."""
        waits = False
        while True:
            try:
                self.servers = Embedded(self.data_dir)
                return
            except AlreadyHeld:
                if address := note(self.data_dir).get("address"):
                    raise SystemExit(f"Not started: the demo runs already at {address}.") from None
                if self.stopping:
                    raise SystemExit(0) from None
                if not waits:
                    self.say("Waiting for another command that is using the servers …")
                waits = True
                time.sleep(0.1)

    def _ask_to_stop(self, number: int, frame: object) -> None:
        # make and timeout pass a signal on that we got ourselves: a second one says nothing new.
        self.stopping = True

    def _require_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError as error:
                raise SystemExit(
                    f"Not started: port {self.port} cannot be used ({error.strerror}); choose another: PORT=8001 make demo."
                ) from None

    @contextmanager
    def _step(self, done: str) -> Iterator[None]:
        begun = time.monotonic()
        yield
        if not self.stopping:
            self.say(f"{done} ({time.monotonic() - begun:.1f} s)")

    def _forget_unfinished_load(self) -> None:
        """A load of demo data that was broken off begins again from an empty database."""
        if (self.data_dir / LOADING).exists():
            with closing(self.servers.postgres.connect()) as connection, connection.cursor() as cursor:
                drop_database(cursor, DATABASE)
                create_database(cursor, DATABASE)
            (self.data_dir / LOADING).unlink()

    def _prepare(self, arguments: list[str]) -> None:
        process = spawn(
            [sys.executable, CHECKOUT / "manage.py", *arguments],
            dies_by=signal.SIGKILL,
            cwd=CHECKOUT,
            environment=self.environment,
        )
        while process.poll() is None and not self.stopping:
            time.sleep(0.02)
        stop(process, by=signal.SIGTERM)
        if process.returncode and not self.stopping:
            raise ServerFailed("The demo's database could not be made ready; the lines above say why.")

    def _serve(self, announcement: str) -> None:
        if self.stopping:
            return
        shutil.rmtree(self.data_dir / "metrics", ignore_errors=True)
        (self.data_dir / "metrics").mkdir()
        parts = [
            Part("postgres", lambda: self._again(self.servers.postgres)),
            Part("redis", lambda: self._again(self.servers.redis)),
        ]
        with self._step("The web server and the worker are up"):
            web = Part("web", self._web)
            worker = Part("worker", self._worker)
            wait_until(lambda: self.stopping or self._answers(), web.process, log=self.servers.logs / "web.log")
        parts += [web, worker]
        self.servers.tell(address=self.address)
        if not self.stopping:
            self.say(announcement)
        try:
            while not self.stopping:
                for part in parts:
                    part.mend(self.servers.logs)
                time.sleep(0.1)
        finally:
            self.say("Stopping …")
            stop(web.process, worker.process, by=signal.SIGTERM, patience=4)

    def _again(self, server) -> subprocess.Popen[bytes]:
        if server.process.poll() is not None:
            server.start()
        return server.process

    def _web(self) -> subprocess.Popen[bytes]:
        words = f"-m gunicorn culture_admin.wsgi --bind 127.0.0.1:{self.port} --workers 2 --threads 4 --preload"
        return self._python([*words.split(), "--no-control-socket"], "web", signal.SIGQUIT)

    def _worker(self) -> subprocess.Popen[bytes]:
        words = "-m celery -A culture_admin worker --beat --concurrency 2 --without-gossip --without-mingle --loglevel WARNING"
        return self._python(words.split(), "worker", signal.SIGKILL)

    def _python(self, words: list[str], name: str, dies_by: signal.Signals) -> subprocess.Popen[bytes]:
        log = self.servers.logs / f"{name}.log"
        return spawn([sys.executable, *words], log=log, dies_by=dies_by, cwd=CHECKOUT, environment=self.environment)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}healthz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False
