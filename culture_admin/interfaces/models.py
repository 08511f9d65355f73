"""The answers kept for repeated requests, and how much an address may still ask."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.models import User

LONGEST_KEY = 128


class IdempotentCallQuerySet(models.QuerySet):
    def visible_to(self, user, verb: str = "see") -> IdempotentCallQuerySet:
        """One's own calls."""
        return self.filter(user_id=user.pk)


class IdempotentCall(models.Model):
    """What a write with an Idempotency-Key was answered; a request repeated with the key is answered the same."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("User"))
    key = models.CharField(_("Idempotency key"), max_length=LONGEST_KEY)
    fingerprint = models.BinaryField(help_text=_("SHA-256 over method, address and body"))
    status = models.PositiveSmallIntegerField(_("Status"))
    headers = models.JSONField(_("Headers"), default=dict)
    body = models.BinaryField(_("Body"))
    created_at = models.DateTimeField(_("Time"), default=timezone.now)

    objects = IdempotentCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("Idempotent call")
        verbose_name_plural = _("Idempotent calls")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotent_call_once")]
        indexes = [models.Index("created_at", name="idempotent_call_age")]

    def __str__(self) -> str:
        return self.key


class Bucket(models.Model):
    """What is left of an allowance that fills again by the hour. The key is a hash: no address is kept."""

    key = models.CharField(primary_key=True, max_length=64)
    tokens = models.FloatField()
    filled_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("Allowance")
        verbose_name_plural = _("Allowances")

    def __str__(self) -> str:
        return self.key
