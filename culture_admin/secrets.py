"""The secrets of a development checkout: made once, kept in its data directory, readable by its owner alone."""

from __future__ import annotations

import base64
import json
import os
import secrets
import tempfile
from pathlib import Path

NAME = "secrets.json"


def development_secrets(data_dir: Path) -> dict[str, str]:
    """SECRET_KEY, FIELD_KEYS and API_KEY_PEPPERS of this checkout as the environment would give them."""
    path = data_dir / NAME
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        data_dir.mkdir(parents=True, exist_ok=True)
    made = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "FIELD_KEYS": f"1:{_random_key()}",
        "API_KEY_PEPPERS": f"1:{_random_key()}",
    }
    descriptor, written = tempfile.mkstemp(dir=data_dir, prefix=NAME)
    try:
        with os.fdopen(descriptor, "w") as file:
            json.dump(made, file, indent=1)
        # A link fails where the name exists: of processes that start together the first one's secrets hold for all.
        os.link(written, path)
    except FileExistsError:
        return json.loads(path.read_text())
    finally:
        os.unlink(written)
    return made


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
