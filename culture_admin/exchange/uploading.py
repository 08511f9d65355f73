"""The verbs of uploads: begin one, take its next piece; what is complete becomes an attachment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.exchange.attaching import attach_file, place_to_attach
from culture_admin.exchange.models import Upload
from culture_admin.exchange.pictures import LARGEST_FILE, too_large
from culture_admin.interfaces.problems import Problem

LARGEST_CHUNK = 1024 * 1024
MOST_OPEN = 100


@dataclass(frozen=True)
class Announced:
    """What a device says of a file before it sends it. Hashes are hexadecimal SHA-256, empty where it cannot tell."""

    name: str
    size: int
    sha256: str = ""
    original_sha256: str = ""
    taken_at: datetime | None = None


def begin_upload(
    *, actor, client_uuid: UUID, subject: Model, announced: Announced, at: datetime | None = None
) -> Upload:
    """Opens an upload, or gives back the one that is open under the same id.

    Raises ValidationError, PermissionDenied, Problem 409 `upload_differs` and `too_many_uploads`.
    """
    at = at or timezone.now()
    place_to_attach(actor, subject)
    if announced.size > LARGEST_FILE:
        raise ValidationError({"size": too_large(announced.size)})
    with acting(actor):
        own = Upload.objects.visible_to(actor)
        own.expired(at).filter(client_uuid=client_uuid).delete()
        if own.filter(attachment=None).exclude(client_uuid=client_uuid).count() >= MOST_OPEN:
            message = _("You have %(most)d files half sent. Finish them, or wait until they are dropped after a week.")
            raise Problem(409, "too_many_uploads", message % {"most": MOST_OPEN})
        upload, begun = Upload.objects.get_or_create(
            user=actor,
            client_uuid=client_uuid,
            defaults={"subject": subject, "created_at": at, **vars(announced)},
        )
        if not begun and (upload.subject, upload.size, upload.sha256) != (subject, announced.size, announced.sha256):
            message = _("Under this client id another file is on its way. Take a new id for a new file.")
            raise Problem(409, "upload_differs", message)
    return upload


def take_chunk(*, actor, upload: Upload, offset: int, chunk: bytes, at: datetime | None = None) -> Upload:
    """Writes the next piece; the last one makes the attachment.

    Raises Problem 409 `offset` with the true one, 409 `upload_expired`, ValidationError for what is too long, or is not
    what was announced, or is no picture.
    """
    at = at or timezone.now()
    with acting(actor):
        row = Upload.objects.visible_to(actor).select_for_update().get(pk=upload.pk)
        if row.created_at < at - Upload.KEPT:
            raise Problem(409, "upload_expired", _("This upload was begun more than a week ago. Begin it again."))
        if offset != row.offset or row.attachment_id:
            message = _("The server has %(true)d bytes of this file, not %(given)d. Go on from there.")
            raise Problem(
                409,
                "offset",
                message % {"true": row.offset, "given": offset},
                offset=row.offset,
                attachment=row.attachment_id,
            )
        if offset + len(chunk) > row.size:
            message = _("The file was announced with %(size)d bytes, and more have come.") % {"size": row.size}
            raise ValidationError({"size": ValidationError(message, code="upload_too_long")})
        _write(row, chunk)
        row.offset += len(chunk)
        if row.offset == row.size:
            row.attachment = _complete(actor, row, at)
        row.save(update_fields=["offset", "attachment"])
    return row


def restart_upload(*, actor, upload: Upload) -> None:
    """Forgets the bytes of an upload that turned out to be not what was announced, so that it can be sent again."""
    with acting(actor):
        Upload.objects.visible_to(actor).filter(pk=upload.pk, attachment=None).update(offset=0)


def sweep_uploads(at: datetime) -> int:
    """Deletes uploads a week after they were begun, complete or not, and their bytes; returns how many."""
    expired = list(Upload.objects.expired(at))
    for upload in expired:
        Path(upload.path).unlink(missing_ok=True)
        upload.delete()
    return len(expired)


def _write(upload: Upload, chunk: bytes) -> None:
    """Writes at the offset the database knows; bytes behind it are of a piece whose transaction was rolled back."""
    os.makedirs(default_storage.path("uploads"), exist_ok=True)
    with open(upload.path, "r+b" if os.path.exists(upload.path) else "xb") as gathered:
        if gathered.seek(0, os.SEEK_END) < upload.offset:
            raise _not_as_announced()
        gathered.truncate(upload.offset)
        gathered.seek(upload.offset)
        gathered.write(chunk)


def _complete(actor, upload: Upload, at: datetime):
    content = Path(upload.path).read_bytes()
    if len(content) != upload.size or (upload.sha256 and sha256(content).hexdigest() != upload.sha256):
        raise _not_as_announced()
    attachment = attach_file(
        actor=actor,
        subject=upload.subject,
        name=upload.name,
        content=content,
        original_sha256=upload.original_sha256,
        taken_at=upload.taken_at,
        at=at,
    )
    transaction.on_commit(lambda: Path(upload.path).unlink(missing_ok=True), robust=True)
    return attachment


def _not_as_announced() -> ValidationError:
    message = _("The bytes that arrived are not those that were announced. Send the file again from its beginning.")
    return ValidationError({"sha256": ValidationError(message, code="upload_hash")})
