"""The documents of a case: a file is kept, a document was shown at the counter, one is taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require_of
from culture_admin.exchange.attaching import attach_file
from culture_admin.workflow.actions import StepRefused
from culture_admin.workflow.locking import closed_to_change, lock
from culture_admin.workflow.steps import Obstacle
from stations.models import Registration, RegistrationDocument
from stations.models.documents import Document, documents_for, reasons_of
from stations.models.registration import WRITABLE

POWER = "stations.registration"


def attach_document(
    *,
    actor,
    registration: Registration,
    code: str,
    name: str,
    content: bytes,
    seen: int | None = None,
    at: datetime | None = None,
) -> RegistrationDocument:
    """Keeps a picture or a PDF as a document of the case. The same file in the same place is kept once.

    Raises ValidationError at `code` or `file`, StepRefused where the case is with others, PermissionDenied.
    """
    at = at or timezone.now()
    with acting(actor):
        row, document = _writable(actor, registration, code, seen)
        if document.counter:
            message = _("No copy of “%(document)s” is kept here. Show it at the counter and enter a note.")
            raise ValidationError(
                {"code": ValidationError(message, "counter", {"document": document.label})},
            )
        attachment = attach_file(actor=actor, subject=row, name=name, content=content, at=at)
        kept = row.documents.filter(code=code, attachment=attachment, removed_at=None).first()
        return kept or _enter(actor, row, RegistrationDocument(code=code, attachment=attachment), at)


def note_document(
    *,
    actor,
    registration: Registration,
    code: str,
    note: str,
    seen: int | None = None,
    at: datetime | None = None,
) -> RegistrationDocument:
    """Notes where a document is that is not kept here, such as: shown at the counter on the 3rd."""
    with acting(actor):
        row, _paper = _writable(actor, registration, code, seen)
        return _enter(actor, row, RegistrationDocument(code=code, note=note), at or timezone.now())


def note_documents(*, actor, registrations: Sequence[Registration], note: str, at: datetime | None = None) -> int:
    """The set-wise form of `note_document`: every required document of each case was handed in; returns how many were noted."""
    at = at or timezone.now()
    with acting(actor):
        for one in registrations:
            require_of(actor, POWER, "propose", path=one.station.division.path)
            if one.state not in WRITABLE:
                raise closed_to_change(one)
        rows = [
            RegistrationDocument(registration=one, code=document.code, note=note, entered_by=actor, entered_at=at)
            for one in registrations
            for document in documents_for(one.kind, reasons_of(one))
            if document.required
        ]
        for row in rows:
            row.clean_fields(exclude=["registration", "entered_by"])
        return len(RegistrationDocument.objects.bulk_create(rows))


def remove_document(
    *, actor, registration: Registration, document: int, seen: int | None = None, at: datetime | None = None
) -> RegistrationDocument:
    """Takes a document out of the case; file and row are kept with the rounds they were filed in. `document` is its key."""
    at = at or timezone.now()
    with acting(actor):
        row = _locked(actor, registration, seen)
        taken = row.documents.filter(pk=document, removed_at=None).first()
        if taken is None:
            raise StepRefused("not_found", _("The record does not exist, or lies outside your territory."), row.pk)
        taken.removed_at = at
        taken.save(update_fields=["removed_at"])
        _touch(row)
    return taken


def no_more_files(registration: Registration) -> Obstacle | None:
    """Files are kept with a case while it is being written."""
    if registration.state in WRITABLE:
        return None
    refused = closed_to_change(registration)
    return Obstacle(refused.code, refused.text)


def _writable(actor, registration: Registration, code: str, seen: int | None) -> tuple[Registration, Document]:
    row = _locked(actor, registration, seen)
    asked = {document.code: document for document in documents_for(row.kind, reasons_of(row))}
    if code not in asked:
        message = _("This case has no such document. It has: %(known)s.")
        raise ValidationError(
            {"code": ValidationError(message, "unknown_document", {"known": ", ".join(asked)})},
        )
    return row, asked[code]


def _locked(actor, registration: Registration, seen: int | None) -> Registration:
    require_of(actor, POWER, "propose", path=registration.station.division.path)
    rows = Registration.objects.select_related("station__division", "station__unit", "county")
    row = lock(rows, registration, seen)
    if row.state not in WRITABLE:
        raise closed_to_change(row)
    return row


def _enter(actor, registration: Registration, row: RegistrationDocument, at: datetime) -> RegistrationDocument:
    row.registration, row.entered_by, row.entered_at = registration, actor, at
    row.full_clean(exclude=["registration", "attachment", "entered_by"])
    row.save()
    _touch(registration)
    return row


def _touch(registration: Registration) -> None:
    """Whoever looked at the case before looks again."""
    registration.version += 1
    registration.save(update_fields=["version"])
