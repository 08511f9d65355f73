"""What is kept of numbers: snapshots, which say for ever what was read on a day."""

from __future__ import annotations

import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.models import Division


class Snapshot(models.Model):
    """Numbers of a place as they were read on a day (snapshots.py). Append-only.

    content: canonical JSON, the same bytes for ever. digest: its SHA-256. versions: by code those of the metrics that were read.
    """

    scope = Scope("snapshots", place="place__path")

    place = models.ForeignKey(Division, models.PROTECT, related_name="snapshots", verbose_name=_("Division"))
    name = models.CharField(_("Name"), max_length=120, validators=[validate_text])
    content = models.TextField(_("Content"), editable=False)
    digest = models.CharField(
        _("SHA-256 of the content"), max_length=64, editable=False, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )
    versions = models.JSONField(_("Versions of the metrics"), default=dict, editable=False)
    taken_at = models.DateTimeField(pgettext_lazy("a snapshot", "Taken"), editable=False)
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("Taken by")
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Snapshot")
        verbose_name_plural = _("Snapshots")
        ordering = ["-taken_at", "-id"]
        triggers = [
            pgtrigger.Protect(name="snapshot_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name
