"""A gateway of text messages as an office runs it: it keeps what it is sent, and answers as it is told to."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Gateway:
    """Where it listens, what came in as (headers, body), the status of its next answers, and the seconds it takes for one."""

    address: str
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    thinks: float = 0

    def bodies(self) -> list[dict]:
        return [json.loads(body) for _headers, body in self.taken]


@contextmanager
def gateway() -> Iterator[Gateway]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            running.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
            time.sleep(running.thinks)
            self.send_response(running.answers.pop(0) if running.answers else 200)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        running = Gateway(f"http://127.0.0.1:{server.server_port}/notices")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield running
        finally:
            server.shutdown()
            thread.join()
