"""API keys: `ca_<id>_<secret>`, of which only a keyed hash is kept."""

from __future__ import annotations

import hmac
import ipaddress
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.utils import timezone

from culture_admin.accounts.models import ApiKey, User
from culture_admin.accounts.roles import Office

PREFIX = "ca"
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
USE_NOTED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key as it is shown once, and what is kept of it."""

    text: str
    public_id: str
    digest: bytes
    pepper: int


def new_key() -> NewKey:
    """A fresh key under the newest pepper."""
    pepper = max(settings.API_KEY_PEPPERS)
    public_id = "".join(secrets.choice(ALPHABET) for _ in range(10))
    secret = secrets.token_urlsafe(32)
    return NewKey(f"{PREFIX}_{public_id}_{secret}", public_id, digest(secret, pepper), pepper)


def digest(secret: str, pepper: int) -> bytes:
    return hmac.new(settings.API_KEY_PEPPERS[pepper], secret.encode(), sha256).digest()


BY_KEY = """
    SELECT key.id, key.digest, key.pepper, key.scopes::text, key.addresses::text, key.expires_at, key.revoked_at,
           key.last_used_at, holder.id, holder.username, holder.name, holder.language, holder.is_active, office.*
    FROM accounts_apikey AS key
    JOIN accounts_user AS holder ON holder.id = key.user_id
    CROSS JOIN accounts_offices(holder.id, %(day)s) AS office
    WHERE key.public_id = %(public_id)s
"""


def authenticate(text: str, address: str, at: datetime | None = None) -> User | None:
    """The service account of a key in force, its offices already read; None for anything else.

    One query. The account carries `key_scopes`; an empty list means all reads of its role.
    """
    at = at or timezone.now()
    parts = text.split("_", 2)
    if len(parts) != 3 or parts[0] != PREFIX or not parts[1].isalnum() or len(parts[1]) > 12:
        return None
    with connection.cursor() as cursor:
        cursor.execute(BY_KEY, {"day": timezone.localdate(at), "public_id": parts[1]})
        held = cursor.fetchall()
    if not held:
        return None
    key, kept, pepper, scopes, addresses, expires_at, revoked_at, last_used_at = held[0][:8]
    pk, username, name, language, is_active = held[0][8:13]
    if pepper not in settings.API_KEY_PEPPERS or not hmac.compare_digest(bytes(kept), digest(parts[2], pepper)):
        return None
    if revoked_at or expires_at <= at or not is_active or not _allowed(address, json.loads(addresses)):
        return None
    if last_used_at is None or at - last_used_at > USE_NOTED_EVERY:
        ApiKey.objects.filter(pk=key).update(last_used_at=at)
    user = User(id=pk, username=username, name=name, language=language, is_active=True, is_service=True)
    user._state.adding = False
    user.key_scopes, user.key_id = json.loads(scopes), key
    return user.hold([Office(*row[13:]) for row in held])


def _allowed(address: str, networks: list[str]) -> bool:
    if not networks:
        return True
    try:
        return any(ipaddress.ip_address(address) in ipaddress.ip_network(network) for network in networks)
    except ValueError:
        return False
