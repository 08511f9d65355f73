"""What the environment says, read in one place; every wrong value is refused with one line that names it and the fix."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

CHECKOUT = Path(__file__).resolve().parent.parent
WORDS_OF_YES = {"1", "true", "yes", "on"}
WORDS_OF_NO = {"0", "false", "no", "off", ""}


def data_dir(variables: Mapping[str, str] = os.environ) -> Path:
    """Where this installation keeps what it writes; a relative `DATA_DIR` counts from the checkout."""
    return CHECKOUT / (variables.get("DATA_DIR") or "var")


class Environment:
    """Reads variables and collects what is wrong with them, to refuse all faults at once."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.faults: list[str] = []

    def fault(self, name: str, wrong: str, fix: str) -> None:
        self.faults.append(f"{name} {wrong}; {fix}")

    def refuse_faults(self) -> None:
        """Ends the process with one line per fault."""
        if self.faults:
            raise SystemExit("\n".join(f"Not started: {fault}." for fault in self.faults))

    def text(self, name: str, default: str = "") -> str:
        return self.variables.get(name, "").strip() or default

    def words(self, name: str, default: str = "") -> list[str]:
        return self.text(name, default).replace(",", " ").split()

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name, "on" if default else "off").lower()
        if value not in WORDS_OF_YES | WORDS_OF_NO:
            self.fault(name, f"is {value!r}", "write on or off")
        return value in WORDS_OF_YES

    def choice(self, name: str, choices: list[str]) -> str:
        value = self.text(name, choices[0]).lower()
        if value not in choices:
            self.fault(name, f"is {value!r}", f"write one of {', '.join(choices)}")
            return choices[0]
        return value

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            self.fault(name, f"is {value!r}", f"write a whole number from {least} to {most}")
            return default
        return int(value)

    def networks(self, name: str, default: str = "") -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
        found = []
        for word in self.words(name, default):
            try:
                found.append(ipaddress.ip_network(word))
            except ValueError:
                self.fault(name, f"has {word!r}", "write addresses or networks such as 10.0.0.5 or 10.0.0.0/8")
        return found

    def url(self, name: str, schemes: tuple[str, ...], example: str, default: str = "") -> str:
        """An address with one of `schemes` and, for a network scheme, a valid port; "" when unset."""
        value = self.text(name, default)
        if not value:
            return ""
        try:
            parts = urlsplit(value)
            known = parts.scheme in schemes and parts.port != 0
        except ValueError:
            known = False
        if not known:
            self.fault(name, "is not an address this system knows", f"write one like {example}")
            return ""
        return value

    def database(self, name: str) -> dict[str, object]:
        """Django's description of a PostgreSQL address; {} when unset."""
        example = "postgresql://culture_app:PASSWORD@HOST:5432/culture"
        parts = urlsplit(self.url(name, ("postgresql", "postgres"), example))
        if not parts.scheme:
            return {}
        options = dict(parse_qsl(parts.query))
        host = options.pop("host", "") or unquote(parts.hostname or "")
        if not parts.path.strip("/") or not parts.username:
            self.fault(name, "names no database or no user", f"write it like {example}")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or ""),
            "OPTIONS": options,
        }

    def mail(self, name: str) -> tuple[str, int, str, str, bool] | None:
        """Host, port, user, password of an SMTP server and whether it speaks TLS; None when unset."""
        parts = urlsplit(self.url(name, ("smtp", "smtps"), "smtps://USER:PASSWORD@HOST:465"))
        if not parts.scheme:
            return None
        secure = parts.scheme == "smtps"
        port = parts.port or (465 if secure else 25)
        return parts.hostname or "", port, unquote(parts.username or ""), unquote(parts.password or ""), secure

    def numbered_keys(self, name: str) -> dict[int, bytes]:
        """`1:BASE64,2:BASE64` as {1: bytes, 2: bytes}."""
        fix = "write 1:KEY with a KEY made by `openssl rand -base64 32`, later 1:KEY,2:NEWKEY"
        keys = {}
        for word in self.words(name):
            number, _, key = word.partition(":")
            try:
                keys[int(number)] = base64.b64decode(key, validate=True)
            except (ValueError, binascii.Error):
                self.fault(name, "cannot be read", fix)
                return {}
        if not keys:
            self.fault(name, "is missing", fix)
        elif min(len(key) for key in keys.values()) < 32:
            self.fault(name, "has a key shorter than 32 bytes", fix)
        return keys
