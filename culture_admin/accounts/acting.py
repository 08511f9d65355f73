"""Who acts: the transaction of a write, with the actor and the request written into it for history."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection, transaction


@dataclass(slots=True)
class RequestContext:
    """What history should know of the request behind a write."""

    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    door: str = ""


current: ContextVar[RequestContext | None] = ContextVar("request_context", default=None)
_acting: ContextVar[int | None] = ContextVar("acting_user", default=None)
_SETTINGS = (
    "SELECT set_config('app.user', %s, true), set_config('pghistory.context_id', %s, true),"
    " set_config('pghistory.context_metadata', %s, true)"
)


class RequestContextMiddleware:
    """Gives every request an id, answers with it, and keeps it for the history of what the request writes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        context = RequestContext(door=request.path[:100])
        request.request_id = context.request_id
        token = current.set(context)
        try:
            response = self.get_response(request)
        finally:
            current.reset(token)
        response["X-Request-ID"] = context.request_id
        return response


@contextmanager
def acting(actor, ask: tuple[str, Sequence] | None = None) -> Iterator[tuple | None]:
    """One transaction in which every row written is attributed to `actor` (a User, or None for the system).

    The settings live as long as the transaction (`set_config(…, true)`), so no pooled connection carries them on. An action
    called inside another action of the same actor joins its transaction.

    ask: a query and its values, sent along with the settings to spare the way; what comes is its first row.
    """
    pk = getattr(actor, "pk", None) or 0
    query, values = ask or ("", ())
    if connection.in_atomic_block and _acting.get() == pk:
        yield _first(query, values) if ask else None
        return
    context = current.get() or RequestContext(door="command")
    metadata = json.dumps({"user": pk, "name": str(actor or ""), "request": context.request_id, "door": context.door})
    token = _acting.set(pk)
    try:
        with transaction.atomic():
            found = _first(f"{_SETTINGS}; {query}", [str(pk), str(uuid.uuid4()), metadata, *values])
            yield found if ask else None
    finally:
        _acting.reset(token)


def who_acts() -> int | None:
    """The key of whoever acts in this transaction; None for the system, and outside of any act."""
    return _acting.get() or None


def _first(query: str, values: Sequence) -> tuple | None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()
