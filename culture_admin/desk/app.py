"""The desk as an installable app: its name, its files, and the version they make together."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

# What the pages that work without a network are made of.
FILES = (
    "desk/desk.css", "desk/icons.svg", "desk/seal.svg", "desk/queue.js", "desk/shell.js", "desk/log.js",
    "desk/confirm.js", "desk/planned.js", "desk/queue_page.js", "desk/photos.js", "desk/kept.js", "desk/fields.js",
    "desk/conflicts.js", "desk/rosters.js", "desk/session.js", "desk/panel.js", "desk/duty.js",
)  # fmt: skip
ICONS = {"desk/icon-192.png": "192x192", "desk/icon-512.png": "512x512"}


def version() -> str:
    """What changes with any of the static files: the manifest's hash, or without a manifest that of the app's own."""
    kept = getattr(staticfiles_storage, "manifest_hash", "")
    return kept or sha256(b"".join(Path(finders.find(name)).read_bytes() for name in FILES)).hexdigest()[:12]
