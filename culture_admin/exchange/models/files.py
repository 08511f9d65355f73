"""Files kept with records, and files still on their way."""

from __future__ import annotations

import os
import uuid
from dataclasses import replace
from datetime import timedelta

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Unit
from culture_admin.workflow.steps import FLOWS


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user, verb: str = "see") -> AttachmentQuerySet:
        """Files of the records the user may see: of each power that records stand under, those in his territory or of his firm.

        Where a record is seen by a rule of its own, its files are seen with it.
        """
        rows = Q(pk__in=[])
        for power in {flow.power for flow in FLOWS.values() if not flow.own_files}:
            condition = replace(Attachment.scope, power=power).condition(user, verb)
            if condition is not None:
                rows |= Q(power=power) & condition
        for model in (flow.model for flow in FLOWS.values() if flow.own_files):
            if model.scope.offices(user):
                seen = model.objects.visible_to(user).order_by().values("pk")
                rows |= Q(subject_type=ContentType.objects.get_for_model(model), subject_id__in=seen)
        return self.filter(rows)

    def about(self, subject: models.Model) -> AttachmentQuerySet:
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)

    def pictures(self) -> AttachmentQuerySet:
        return self.filter(media_type__startswith="image/")


# What a file is called until the transaction that wrote it has committed.
UNCOMMITTED = ".part"


def random_name(row: models.Model, name: str) -> str:
    """A name nobody can guess, in a folder per month; what the file was called stands in the row."""
    return f"{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}"


def reopened(row: models.Model) -> File:
    """The file of a row, also in the moment between the commit of the row and that of the file."""
    storage, name = row.file.storage, row.file.name
    return storage.open(name if storage.exists(name) else name + UNCOMMITTED)


@recorded(exclude=["picture_bands"])
class Attachment(models.Model):
    """A file kept with a record: checked by its content, named by us, never overwritten.

    `power` is the line of the matrix that its record stands under: who sees the record sees the file. `sha256` is of the file as it is kept, `original_sha256` of the file as it left the camera or the office, as far as it is
    known. `picture_hash` is nearly the same for pictures that look the same; `picture_bands` finds such pictures by an index.
    """

    scope = Scope("activities", place="unit__division__path", station="unit", firm="firm")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="attachments", verbose_name=_("Station"))
    firm = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("Service provider"))
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    power = models.CharField(_("Power"), max_length=40)
    name = models.CharField(_("Name"), max_length=120)
    media_type = models.CharField(_("Type"), max_length=60)
    size = models.PositiveIntegerField(_("Bytes"))
    sha256 = models.CharField(_("Hash"), max_length=64)
    original_sha256 = models.CharField(_("Hash of the original"), max_length=64)
    picture_hash = models.BigIntegerField(_("Hash of the picture"), null=True)
    picture_bands = ArrayField(models.IntegerField(), default=list, editable=False)
    taken_at = models.DateTimeField(_("Taken"), null=True)
    file = models.FileField(upload_to=random_name, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    created_at = models.DateTimeField(_("Time"), default=timezone.now)

    objects = AttachmentQuerySet.as_manager()
    open = reopened

    class Meta:
        verbose_name = _("Attachment")
        verbose_name_plural = _("Attachments")
        ordering = ["-id"]
        indexes = [
            models.Index("subject_type", "subject_id", name="attachment_subject"),
            models.Index("original_sha256", name="attachment_original"),
            GinIndex("picture_bands", name="attachment_bands"),
        ]

    def __str__(self) -> str:
        return self.name


class UploadQuerySet(models.QuerySet):
    def visible_to(self, user, verb: str = "see") -> UploadQuerySet:
        """One's own: an upload is a talk between a device and the server."""
        return self.filter(user=user.pk) if user.is_authenticated else self.none()

    def expired(self, at) -> UploadQuerySet:
        return self.filter(created_at__lt=at - Upload.KEPT)


class Upload(models.Model):
    """A file on its way in pieces, which goes on where it broke off. No record: its traces are swept after a week."""

    KEPT = timedelta(days=7)

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("By"))
    client_uuid = models.UUIDField(_("Client id"))
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    name = models.CharField(_("Name"), max_length=255)
    size = models.PositiveIntegerField(_("Bytes"))
    offset = models.PositiveIntegerField(_("Bytes that have arrived"), default=0)
    sha256 = models.CharField(_("Hash"), max_length=64, blank=True)
    original_sha256 = models.CharField(_("Hash of the original"), max_length=64, blank=True)
    taken_at = models.DateTimeField(_("Taken"), null=True, blank=True)
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, related_name="+", verbose_name=_("Attachment")
    )
    created_at = models.DateTimeField(_("Time"), default=timezone.now)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("Upload")
        verbose_name_plural = _("Uploads")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "client_uuid"], name="upload_once"),
            models.CheckConstraint(condition=Q(offset__lte=F("size")), name="upload_within_size"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where its bytes are gathered."""
        return os.path.join(default_storage.path("uploads"), f"{self.user_id}-{self.client_uuid.hex}")
