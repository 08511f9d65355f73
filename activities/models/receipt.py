"""Receipts: what came of each entry that a phone kept until it could send it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from culture_admin.accounts.models import User


class ReceiptQuerySet(models.QuerySet):
    def visible_to(self, user, verb: str = "see") -> ReceiptQuerySet:
        """One's own receipts."""
        return self.filter(user_id=user.pk)


class Receipt(models.Model):
    """The proof that one entry of a queue was done, once: the same entry again is given the same receipt.

    `version`, `state` and `content_hash` are the activity's right after the entry.
    """

    class Kind(models.TextChoices):
        LOG = "log", _("Log an activity")
        SESSION = "session", _("Log a session")
        CHANGE = "change", _("Correct")
        CONFIRM = "confirm", _("Confirm")
        HOLD = "hold", _("Log what was planned")

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("User"))
    entry = models.UUIDField(_("Client id"))
    kind = models.CharField(_("What was done"), max_length=7, choices=Kind)
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the entry as it was sent"))
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="receipts", verbose_name=_("Activity"))
    version = models.PositiveIntegerField()
    state = models.CharField(_("State"), max_length=9, choices=Activity.State)
    content_hash = models.CharField(_("Hash"), max_length=64)
    device_at = models.DateTimeField(_("Device's clock"), null=True)
    received_at = models.DateTimeField(_("Received"))

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("Receipt")
        verbose_name_plural = _("Receipts")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "entry"], name="receipt_once")]

    def __str__(self) -> str:
        return str(self.entry)
