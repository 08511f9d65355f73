"""What is owed by when, and how it is worded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Unit


@dataclass(frozen=True)
class Duty:
    """How a kind of deadline is worded: `label` from its subject, at the moment somebody reads it."""

    label: Callable[[Any], str]
    basis: str | Promise


# By the code of the deadline; the app that lets something be owed says here how it is worded.
DUTIES: dict[str, Duty] = {}


class DeadlineQuerySet(ScopedQuerySet):
    def open(self) -> DeadlineQuerySet:
        return self.filter(settled_at__isnull=True)

    def overdue(self, on: date) -> DeadlineQuerySet:
        return self.open().filter(due_on__lt=on)


@recorded()
class Deadline(models.Model):
    """That a unit owes something by a day, on which basis; the inbox, the calendar and the reminder all read this row."""

    scope = Scope("statistics", place="unit__division__path", station="unit", firm="unit")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="deadlines", verbose_name=_("Owed by"))
    code = models.CharField(_("Kind"), max_length=40)
    label = models.CharField(_("What is owed"), max_length=200)
    basis = models.CharField(_("Basis"), max_length=200, blank=True)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    subject_id = models.BigIntegerField(null=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    opened_on = models.DateField(_("Since"))
    due_on = models.DateField(_("Due"))
    working_days = models.PositiveSmallIntegerField(_("Working days"), null=True, blank=True)
    provisional = models.BooleanField(
        _("Provisional"), default=False, help_text=_("The holidays of that year are not published yet.")
    )
    settled_at = models.DateTimeField(_("Settled"), null=True, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("Deadline")
        verbose_name_plural = _("Deadlines")
        ordering = ["due_on", "id"]
        indexes = [models.Index("unit", "due_on", name="deadline_open", condition=Q(settled_at__isnull=True))]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code", "subject_type", "subject_id", "due_on"],
                name="deadline_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.said} ({self.due_on})"

    @property
    def said(self) -> str:
        """What is owed, in the reader's language where the duty is one of DUTIES."""
        duty = DUTIES.get(self.code)
        return duty.label(self.subject) if duty and self.subject else self.label

    @property
    def grounds(self) -> str:
        """On which basis, in the reader's language where the duty is one of DUTIES."""
        duty = DUTIES.get(self.code)
        return str(duty.basis) if duty else self.basis
