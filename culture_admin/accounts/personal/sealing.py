"""Sealing a personal value: AES-256-GCM under a numbered key, bound to the one place where it stands."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from functools import cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12


class Unreadable(Exception):
    """A sealed value that no key of FIELD_KEYS opens where it stands."""


def newest_key() -> int:
    """The number of the key that seals from now on."""
    return max(settings.FIELD_KEYS)


def key_number(token: str) -> int:
    """The number of the key under which a value was sealed, or a fingerprint made."""
    return int(token.partition(":")[0])


def seal(value: bytes, place: str) -> str:
    """`NUMBER:BASE64` of a value that stands at `place` (table, row and field); it opens nowhere else."""
    number, nonce = newest_key(), secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher(settings.FIELD_KEYS[number]).encrypt(nonce, value, place.encode())
    return f"{number}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(token: str, place: str) -> bytes:
    """The value sealed at `place`. Raises Unreadable: its key is not in FIELD_KEYS, or it was moved or altered."""
    number, _colon, text = token.partition(":")
    try:
        key = settings.FIELD_KEYS[int(number)]
        sealed = base64.b64decode(text, validate=True)
        return _cipher(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
    except (KeyError, ValueError, binascii.Error, InvalidTag) as error:
        raise Unreadable(f"{place}, key {number[:8]}") from error


def fingerprint(value: str, column: str, number: int | None = None) -> str:
    """A keyed hash of a value of `column`, by which equal values are found without being opened."""
    number = newest_key() if number is None else number
    digest = hmac.new(_derived(settings.FIELD_KEYS[number], b"fingerprint"), f"{column}|{value}".encode(), sha256)
    return f"{number}:{digest.hexdigest()}"


def fingerprints(value: str, column: str) -> list[str]:
    """The fingerprints of a value under every key there is: rows of an older key are found until they are sealed anew."""
    return [fingerprint(value, column, number) for number in settings.FIELD_KEYS]


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(_derived(key, b"sealing"))


@cache
def _derived(key: bytes, purpose: bytes) -> bytes:
    """A key of its own for each purpose, however long the key of the ring is."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)
