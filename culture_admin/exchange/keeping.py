"""Files on disk: under a name of their own until their row is committed, and swept up where it never was."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model

from culture_admin.exchange.models import UNCOMMITTED, Attachment, Printout, random_name

# No transaction lasts so long: a file still uncommitted then belongs to one that was rolled back.
ABANDONED = timedelta(hours=1)


def write_file(row: Model, content: bytes) -> None:
    """Writes the file of a row under a name of its own until the row is committed: a row that is rolled back leaves no file
    behind that anybody finds, and the sweep takes it away. Call it inside the transaction that stores the row.
    """
    name = random_name(row, "")
    row.file.name = name
    written = default_storage.save(name + UNCOMMITTED, ContentFile(content))
    transaction.on_commit(lambda: os.replace(default_storage.path(written), default_storage.path(name)), robust=True)


def sweep_files(at: datetime) -> int:
    """Finishes the move of files whose row was committed, deletes those whose row was not; returns how many that were."""
    root, swept = Path(default_storage.location), 0
    for part in root.rglob(f"*{UNCOMMITTED}"):
        if at.timestamp() - part.stat().st_mtime < ABANDONED.total_seconds():
            continue
        final = part.with_name(part.name.removesuffix(UNCOMMITTED))
        name = final.relative_to(root).as_posix()
        if any(model.objects.filter(file=name).exists() for model in (Attachment, Printout)):
            part.replace(final)
        else:
            part.unlink()
        swept += 1
    return swept
