"""The verb of attachments: keep a file with a record."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.accounts.powers import require
from culture_admin.exchange.models import Attachment
from culture_admin.exchange.pictures import accept
from culture_admin.interfaces.text import clean_line
from culture_admin.territory.models import Unit
from culture_admin.workflow.steps import flow_of

LONGEST_NAME = 120
MOST_FILES = 30


def attach_file(*, actor, subject: Model, name: str, content: bytes, at: datetime | None = None) -> Attachment:
    """Keeps a picture or a PDF with a record, for whoever may decide or propose there.

    The same content twice is one attachment. Raises ValidationError, PermissionDenied.
    """
    flow = flow_of(type(subject))
    place = flow.place(subject)
    require(actor.offices, flow.power, ("decide", "propose"), path=place.path, unit_id=place.firm_id)
    kept = accept(content)
    digest = sha256(kept.content).hexdigest()
    with acting(actor):
        # The record is locked, so that two uploads of the same file are one.
        type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk)
        there = Attachment.objects.about(subject)
        known = there.filter(sha256=digest).first()
        if known:
            return known
        if there.count() >= MOST_FILES:
            raise ValidationError(
                _("A record keeps at most %(most)d files.") % {"most": MOST_FILES}, code="too_many_files"
            )
        attachment = Attachment(
            unit=Unit.objects.get(pk=place.station_id or place.firm_id or 0),
            firm_id=place.firm_id,
            subject=subject,
            name=clean_line(name, max_length=None)[-LONGEST_NAME:] or _("file"),
            media_type=kept.media_type,
            size=len(kept.content),
            sha256=digest,
            created_by=actor,
            created_at=at or timezone.now(),
        )
        attachment.file.save(attachment.name, ContentFile(kept.content), save=False)
        attachment.save(force_insert=True)
    return attachment
