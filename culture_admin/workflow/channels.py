"""The ways out of the house: mail, and one HTTP channel for a government messenger or a gateway of text messages."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import smtplib
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage

from culture_admin.workflow.models import Channel, Message

SECONDS = 10


class Undelivered(Exception):
    """What the other side said, or that it said nothing; the message is tried again."""


def open_channels() -> list[str]:
    """The channels this installation has: mail with EMAIL_URL, or to the log of a development; HTTP with NOTICE_URL."""
    has = {Channel.MAIL: settings.SENDS_MAIL, Channel.HTTP: bool(settings.NOTICE_URL)}
    return [channel for channel in Channel if has[channel]]


def deliver(message: Message, address: str, at: datetime) -> str:
    """Sends a message to an address; what the other side answered. Raises Undelivered."""
    return _SENDERS[message.channel](message, address, at)


def signature(key: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 with NOTICE_SECRET over key, time and body, as Standard Webhooks writes it."""
    signed = f"{key}.{timestamp}.".encode() + body
    digest = hmac.new(settings.NOTICE_SECRET.encode(), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def _by_mail(message: Message, address: str, at: datetime) -> str:
    host = settings.SITE.rpartition("/")[2].partition(":")[0]
    mail = EmailMessage(message.title, message.text, to=[address], headers={"Message-ID": f"<{message.key}@{host}>"})
    try:
        mail.send()
    except (smtplib.SMTPException, OSError) as error:
        raise Undelivered(f"{type(error).__name__}: {error}") from error
    return "accepted"


def _by_http(message: Message, address: str, at: datetime) -> str:
    """One POST; redirects are not followed, and only an answer of 2xx means that it was taken."""
    body = json.dumps(
        {
            "id": str(message.key),
            "to": {"username": message.user.username, "name": message.user.name, "address": address},
            "title": message.title,
            "text": message.text,
            "address": settings.SITE,
            "created_at": message.created_at.isoformat(),
        },
        ensure_ascii=False,
    ).encode()
    key, timestamp = str(message.key), str(int(at.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(key, timestamp, body),
    }
    asked = urllib.request.Request(settings.NOTICE_URL, body, headers, method="POST")  # noqa: S310 - checked at start
    try:
        with _OPENER.open(asked, timeout=SECONDS) as answer:
            return str(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            raise Undelivered(f"{error.code} {error.reason}") from error
    except (OSError, http.client.HTTPException) as error:
        raise Undelivered(f"{type(error).__name__}: {error}") from error


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)
_SENDERS: dict[str, Callable[[Message, str, datetime], str]] = {Channel.MAIL: _by_mail, Channel.HTTP: _by_http}
