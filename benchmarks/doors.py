"""Requests to a WSGI application in this process: everything a web server would call, without a network."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import NamedTuple
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler


def project() -> WSGIHandler:
    """The project as a web server calls it."""
    # Importing it asks the database who we are.
    from culture_admin.wsgi import application

    return application


class Answer(NamedTuple):
    """What came back. `status` is the number."""

    status: int
    body: bytes

    def json(self) -> dict:
        return json.loads(self.body)


class Door:
    """A WSGI application with the headers of whoever asks it."""

    def __init__(self, application: Callable, **headers: str) -> None:
        self.application = application
        self.headers = {f"HTTP_{name.upper()}": value for name, value in headers.items()}

    def __call__(self, method: str, path: str, body: dict | None = None, **headers: str) -> Answer:
        """Raises AssertionError for any other answer than a 2xx: only work that is done is measured."""
        sent = b"" if body is None else json.dumps(body).encode()
        path, _mark, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "HTTP_HOST": "localhost",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(sent)),
            "wsgi.input": io.BytesIO(sent),
            **self.headers,
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        setup_testing_defaults(environ)
        heard: list[str] = []
        chunks = self.application(environ, lambda status, _headers, _error=None: heard.append(status))
        try:
            answer = Answer(int(heard[0].split()[0]), b"".join(chunks))
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        assert 200 <= answer.status < 300, (
            f"{method} {path}: {answer.status} {answer.body[:500].decode(errors='replace')}"
        )
        return answer
