"""A write that is done once, however often its request arrives: the answer is kept in the same transaction as the work."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from django.contrib import messages
from django.db import IntegrityError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CSRF_SECRET_LENGTH, CSRF_TOKEN_LENGTH
from django.utils.translation import gettext_lazy as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from culture_admin.accounts.acting import acting
from culture_admin.interfaces.models import LONGEST_KEY, IdempotentCall
from culture_admin.interfaces.problems import Fault, Problem

KEPT = timedelta(days=7)
ATTEMPTS = 3
REDIRECTS = (302, 303)
NOT_ENTERED = ("csrfmiddlewaretoken", "device_at")
SERIALIZATION_FAILURE, DEADLOCK = "40001", "40P01"
_KEY = re.compile(rf"[!-~]{{1,{LONGEST_KEY}}}")
# One round trip. Should another request commit between this statement's snapshot and its lock, the row is missed here and
# the unique constraint stops the second effect.
_CLAIM = """
    SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0)), fingerprint, status, headers::text, body
    FROM (SELECT) AS one LEFT JOIN interfaces_idempotentcall ON user_id = %s AND key = %s
"""
_WAIT = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_KEEP = """
    INSERT INTO interfaces_idempotentcall (user_id, key, fingerprint, status, headers, body, created_at)
    VALUES (%s, %s, %s, %s, %s, %s, now())
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a write came to: status, data for the body, headers. Only what ends well comes here; the rest is raised."""

    status: int
    data: object
    headers: dict[str, str] = field(default_factory=dict)


def once(request: Request, work: Callable[[], Outcome], *, required: bool = False) -> HttpResponse:
    """Does `work` in one transaction and answers its outcome; with an Idempotency-Key, once for all requests that carry it.

    Raises Problem 400 `idempotency_key` (missing where required, or not readable), 422 `idempotency_key_reused` (another
    request under the key) and 409 `in_flight` (the first one is not done). Work that the database broke off because of
    somebody else's is tried again.
    """
    request.data  # noqa: B018 - read before the transaction opens: a bad body costs no lock, and its hash is needed
    key = _key_of(request, required)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with acting(request.user, _claim(request.user, key)) as found:
                return _work(request, work, key, found)
        except (OperationalError, IntegrityError) as error:
            if attempt == ATTEMPTS or not _worth_repeating(error):
                raise
    raise AssertionError("the last attempt returns or raises")


def once_of_page(request: HttpRequest, work: Callable[[], HttpResponse]) -> HttpResponse:
    """A form that is posted again from the same page with the same contents, as by a second tap, is answered as the first time.

    The second waits for the first. What is kept is a redirect, which says that something was done, and what was said of it:
    a browser shows the last answer only. A form that comes back with faults may be sent again. A page that is answered and
    all the same has done something tells by `done_at` where that is seen. Which page a form stood on is told by the mask of
    its CSRF token, made anew for every page.
    """
    mask = _mask_of(request)
    if mask is None:
        return work()
    key = f"form:{mask}:{_entries_digest(request)}"
    # Not `acting`: a verb that is refused takes back what it wrote, and the page with the faults is answered all the same.
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_WAIT, [f"idempotency:{request.user.pk}:{key}"])
        kept = IdempotentCall.objects.visible_to(request.user).filter(key=key).first()
        if kept:
            for level, text in json.loads(bytes(kept.body) or b"[]"):
                messages.add_message(request, level, text)
            return HttpResponseRedirect(kept.headers["Location"])
        response = work()
        done_at = response["Location"] if response.status_code in REDIRECTS else getattr(response, "done_at", "")
        said = _said(request)
        if done_at and all(level < messages.ERROR for level, _text in said):
            headers, body = json.dumps({"Location": done_at}), json.dumps(said).encode()
            with connection.cursor() as cursor:
                cursor.execute(_KEEP, [request.user.pk, key, b"", 302, headers, body])
        return response


def _said(request: HttpRequest) -> list[tuple[int, str]]:
    """The messages that this request has for the reader's next page."""
    return [(one.level, str(one.message)) for one in messages.get_messages(request)._queued_messages]


def forget_calls(at: datetime) -> int:
    """Deletes the answers kept longer than seven days; returns how many."""
    deleted, _by_model = IdempotentCall.objects.filter(created_at__lt=at - KEPT).delete()
    return deleted


def _work(request: Request, work: Callable[[], Outcome], key: str | None, found: tuple | None) -> HttpResponse:
    if key is None or found is None:
        return _response(work())
    fingerprint = _fingerprint(request)
    kept = _kept(found, fingerprint)
    if kept:
        return kept
    outcome = work()
    response = _response(outcome)
    values = [request.user.pk, key, fingerprint, outcome.status, json.dumps(outcome.headers), response.content]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values)
    return response


def _claim(user: Any, key: str | None) -> tuple[str, Sequence] | None:
    return (_CLAIM, [f"idempotency:{user.pk}:{key}", user.pk, key]) if key else None


def _kept(found: tuple, fingerprint: bytes) -> HttpResponse | None:
    """The answer kept under the key; None when this request holds the key now."""
    locked, kept_fingerprint, status, headers, body = found
    if status is None and locked:
        return None
    if status is None:
        message = _("The first request with this Idempotency-Key is still at work. Ask again in a second.")
        raise _refusal(409, "in_flight", message, {"Retry-After": "1"})
    if bytes(kept_fingerprint) != fingerprint:
        message = _("This Idempotency-Key was used for another request. Take a new key for a new request.")
        raise _refusal(422, "idempotency_key_reused", message)
    return _answer(status, bytes(body), {**json.loads(headers), "Idempotency-Replayed": "true"})


def _key_of(request: Request, required: bool) -> str | None:
    header = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if header is None and not required:
        return None
    key = (header or "").strip().strip('"')
    if not _KEY.fullmatch(key):
        message = _("Send an Idempotency-Key of 1 to %(most)d visible ASCII characters, such as a UUID.")
        raise _refusal(400, "idempotency_key", message % {"most": LONGEST_KEY})
    return key


def _fingerprint(request: Request) -> bytes:
    digest = sha256(f"{request.method} {request.get_full_path()}\n".encode())
    digest.update(getattr(request, "body_digest", None) or _form_digest(request))
    return digest.digest()


def _form_digest(request: Request) -> bytes:
    """SHA-256 over the fields and files of a form."""
    digest, form = sha256(), cast(Any, request.data)
    for name, value in sorted(form.items()):
        chunks = value.chunks() if hasattr(value, "chunks") else [str(value).encode()]
        digest.update(f"\n{name}\n".encode())
        for chunk in chunks:
            digest.update(chunk)
        if hasattr(value, "seek"):
            value.seek(0)
    return digest.digest()


def _mask_of(request: HttpRequest) -> str | None:
    """The random half of a masked CSRF token; None where the token was sent as it is, or none was asked for."""
    token = request.POST.get("csrfmiddlewaretoken", "")
    return token[:CSRF_SECRET_LENGTH] if len(token) == CSRF_TOKEN_LENGTH else None


def _entries_digest(request: HttpRequest) -> str:
    """SHA-256 in hexadecimal over the address and what was entered, but for the token and the device's clock."""
    entered = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_ENTERED)
    digest = sha256(json.dumps([request.get_full_path(), entered]).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(f"\n{name}\n".encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _response(outcome: Outcome) -> HttpResponse:
    return _answer(outcome.status, JSONRenderer().render(outcome.data), outcome.headers)


def _answer(status: int, body: bytes, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(body, status=status, content_type="application/json", headers=headers)


def _worth_repeating(error: Exception) -> bool:
    cause: Any = error.__cause__
    return getattr(cause, "pgcode", None) in (SERIALIZATION_FAILURE, DEADLOCK) or (
        isinstance(error, IntegrityError) and cause.diag.constraint_name == "idempotent_call_once"
    )


def _refusal(status: int, code: str, message: object, headers: dict[str, str] | None = None) -> Problem:
    return Problem(status, code, faults=[Fault(code, message, header="Idempotency-Key")], headers=headers)
