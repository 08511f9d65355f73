"""Entries of money: they are only added to, and what was entered wrongly is reversed by an entry of its own."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culture_admin.accounts.models import User
from culture_admin.interfaces.money import MoneyField, checked
from culture_admin.interfaces.text import validate_text
from culture_admin.workflow.actions import StepRefused


class Entry(models.Model):
    """An amount in yuan on a day, by a document: above zero, and below it for an entry that reverses another, for a reason."""

    amount = MoneyField(gettext_lazy("Amount (yuan)"))
    on = models.DateField(gettext_lazy("Day"))
    document = models.CharField(gettext_lazy("Document"), max_length=120, validators=[validate_text])
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="reversal",
        verbose_name=gettext_lazy("Reverses"),
    )
    reason = models.CharField(
        gettext_lazy("Reason"), max_length=200, blank=True, validators=[validate_text], editable=False
    )
    recorded_at = models.DateTimeField(gettext_lazy("Recorded"), default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=gettext_lazy("Recorded by")
    )

    class Meta:
        abstract = True
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="%(class)s_sign",
                violation_error_message=gettext_lazy(
                    "An amount above zero is expected; what was entered wrongly is reversed, not entered with a minus sign."
                ),
                violation_error_code="amount_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} · {self.amount:,.2f}"

    @property
    def is_reversed(self) -> bool:
        return hasattr(self, "reversal")


Money = TypeVar("Money", bound=Entry)


def above_zero(amount: Decimal) -> Decimal:
    """An amount as it is entered. Raises ValidationError."""
    exact = checked(amount, str(amount))
    if exact <= 0:
        message = _(
            "An amount above zero is expected, read %(amount)s. What was entered wrongly is reversed, not entered with a minus"
            " sign."
        )
        raise ValidationError(message, code="amount_positive", params={"amount": exact})
    return exact


def reversal_of(entry: Money, *, actor, reason: str, at: datetime, **kept: Any) -> Money:
    """What takes an entry back, still to be stored: the same with a minus sign, on the same day, for a reason.

    kept: what the entry of an app says besides. Call it under the lock of what entries are added up for.
    Raises StepRefused `reversed_already`, `is_reversal`, `comment_required`.
    """
    if not reason.strip():
        raise StepRefused("comment_required", _("Say why: this step needs a comment."), entry.pk)
    if entry.reverses_id:
        raise StepRefused("is_reversal", _("This entry takes another back; it is not taken back itself."), entry.pk)
    model = type(entry)
    if model._default_manager.filter(reverses=entry.pk).exists():
        raise StepRefused("reversed_already", _("The entry is reversed already."), entry.pk)
    return model(
        **kept,
        amount=-entry.amount,
        on=entry.on,
        document=entry.document,
        reverses=entry,
        reason=reason.strip(),
        recorded_at=at,
        recorded_by=actor,
    )
