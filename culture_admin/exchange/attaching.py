"""The verb of attachments: keep a file with a record."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.asking import require
from culture_admin.exchange.keeping import write_file
from culture_admin.exchange.models import Attachment
from culture_admin.exchange.pictures import accept, bands_of
from culture_admin.interfaces.permissions import WRITERS, covers
from culture_admin.interfaces.text import clean_line
from culture_admin.territory.models import Unit
from culture_admin.workflow.actions import StepRefused
from culture_admin.workflow.steps import Flow, Place, flow_of

LONGEST_NAME = 120
MOST_FILES = 30


def place_to_attach(actor, subject: Model) -> Place:
    """Where the record lies, for whoever may decide or propose there. Raises PermissionDenied, and StepRefused where its flow
    takes no file any more.
    """
    flow = flow_of(type(subject))
    place = flow.place(subject)
    require(actor.offices, flow.power, WRITERS, path=place.path, unit_id=place.firm_id)
    if flow.own_files and not covers(actor, subject):
        raise PermissionDenied(_("Your office covers another place."))
    _refuse_closed(flow, subject)
    return place


def attach_file(
    *,
    actor,
    subject: Model,
    name: str,
    content: bytes,
    original_sha256: str = "",
    taken_at: datetime | None = None,
    at: datetime | None = None,
) -> Attachment:
    """Keeps a picture or a PDF with a record, for whoever may decide or propose there.

    `original_sha256` and `taken_at` are what a phone says of the photo it shrank; what the file itself says goes before.
    The same content twice is one attachment. Raises ValidationError at the field `file`, PermissionDenied.
    """
    place, power = place_to_attach(actor, subject), flow_of(type(subject)).power
    try:
        kept = accept(content)
    except ValidationError as refused:
        raise ValidationError({"file": refused}) from refused
    with acting(actor):
        # The record is locked, so that two uploads of the same file are one, and none comes after a decision.
        _refuse_closed(flow_of(type(subject)), type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk))
        there = Attachment.objects.about(subject)
        digest, sent = sha256(kept.content).hexdigest(), original_sha256 or sha256(content).hexdigest()
        known = there.filter(sha256=digest).first() or there.filter(original_sha256=sent).first()
        if known:
            return known
        if there.count() >= MOST_FILES:
            message = _("A record keeps at most %(most)d files.") % {"most": MOST_FILES}
            raise ValidationError({"file": ValidationError(message, code="too_many_files")})
        attachment = Attachment(
            unit=Unit.objects.get(pk=place.station_id or place.firm_id or place.unit_id or 0),
            firm_id=place.firm_id,
            subject=subject,
            power=power,
            name=clean_line(name, max_length=None)[-LONGEST_NAME:] or _("file"),
            media_type=kept.media_type,
            size=len(kept.content),
            sha256=digest,
            original_sha256=sent,
            picture_hash=kept.picture_hash,
            picture_bands=bands_of(kept.picture_hash),
            taken_at=kept.taken_at or taken_at,
            created_by=actor,
            created_at=at or timezone.now(),
        )
        write_file(attachment, kept.content)
        attachment.save(force_insert=True)
    return attachment


def _refuse_closed(flow: Flow, subject: Model) -> None:
    obstacle = flow.files(subject) if flow.files else None
    if obstacle:
        raise StepRefused(obstacle.code, obstacle.text, subject.pk)
