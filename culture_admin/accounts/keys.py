"""API keys: `ca_<id>_<secret>`, of which only a keyed hash is kept."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from culture_admin.accounts.models import ApiKey, Membership, User
from culture_admin.territory.models import in_force

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


def authenticate(text: str, address: str, at: datetime | None = None) -> User | None:
    """The service account of a key in force, its offices already read; None for anything else.

    One query. The account carries `key_scopes`; an empty list means all reads of its role.
    """
    at = at or timezone.now()
    parts = text.split("_", 2)
    if len(parts) != 3 or parts[0] != PREFIX or not parts[1].isalnum() or len(parts[1]) > 12:
        return None
    held = list(
        Membership.objects.filter(in_force(timezone.localdate(at)), user__keys__public_id=parts[1])
        .select_related("user", "unit__division", "acting_for")
        .annotate(
            key=F("user__keys__id"),
            digest=F("user__keys__digest"),
            pepper=F("user__keys__pepper"),
            scopes=F("user__keys__scopes"),
            addresses=F("user__keys__addresses"),
            expires_at=F("user__keys__expires_at"),
            revoked_at=F("user__keys__revoked_at"),
            last_used_at=F("user__keys__last_used_at"),
        )
    )
    if not held:
        return None
    row = held[0]
    if row.pepper not in settings.API_KEY_PEPPERS or not hmac.compare_digest(
        bytes(row.digest), digest(parts[2], row.pepper)
    ):
        return None
    if row.revoked_at or row.expires_at <= at or not row.user.is_active or not _allowed(address, row.addresses):
        return None
    if row.last_used_at is None or at - row.last_used_at > USE_NOTED_EVERY:
        ApiKey.objects.filter(pk=row.key).update(last_used_at=at)
    user = row.user.hold([membership.office for membership in held])
    user.key_scopes = row.scopes
    user.key_id = row.key
    return user


def _allowed(address: str, networks: list[str]) -> bool:
    if not networks:
        return True
    try:
        return any(ipaddress.ip_address(address) in ipaddress.ip_network(network) for network in networks)
    except ValueError:
        return False
