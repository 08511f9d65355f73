"""What every record has that is handed over for decision."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.models import User


class Filed(models.Model):
    """A record that is handed over for decision: by whom, when, and with which offices it lies (workflow/authority.py).

    A step that `submits` sets all three; the scope of the model says `entrusted="entrusted"`.
    """

    filed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("Filed by")
    )
    filed_at = models.DateTimeField(_("Filed on"), null=True, blank=True, editable=False)
    entrusted = ArrayField(models.CharField(max_length=120), default=list, editable=False, verbose_name=_("Filed with"))

    class Meta:
        abstract = True
        indexes = [GinIndex("entrusted", name="%(class)s_entrusted")]
