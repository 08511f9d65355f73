"""What is owed by when, and how it is worded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pgtrigger
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Unit


@dataclass(frozen=True)
class Duty:
    """How a kind of deadline is worded, and who is reminded of it.

    label: from its subject, at the moment somebody reads it. name: of the kind, for lists and filters. power: who of the
    debtor's people is reminded, where it is not whoever answers for the unit: those who enter or decide in this power.
    ahead: how many days before the day a reminder goes out. seen_by: in which power one has to see what it names, such as a
    person; without one everybody who sees the deadlines of the unit reads it.
    """

    label: Callable[[Any], str]
    basis: str | Promise
    name: str | Promise
    power: str = ""
    ahead: int = 7
    seen_by: str = ""


# By the code of the deadline; the app that lets something be owed says here how it is worded.
DUTIES: dict[str, Duty] = {}


OPEN = Q(settled_at__isnull=True, lapsed_at__isnull=True)
STILL_OWED = Case(When(OPEN, then=Value(0)), default=Value(1))
SOON = timedelta(days=7)
# Whatever is done to a due date, a row says why; the application's role can neither change nor delete those rows.
_MOVES_ALOUD = """
    IF NOT EXISTS (
        SELECT FROM workflow_deadlinemove WHERE deadline_id = OLD.id AND from_on = OLD.due_on AND to_on = NEW.due_on
    ) THEN
        RAISE check_violation USING MESSAGE = 'a due date does not move without a reason', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
"""


class Standing(models.TextChoices):
    """How a deadline stands on a day."""

    OVERDUE = "overdue", _("Overdue")
    SOON = "soon", _("Due within a week")
    OPEN = "open", pgettext_lazy("a duty", "Open")
    SETTLED = "settled", pgettext_lazy("a duty", "Settled")
    LAPSED = "lapsed", _("Lapsed")


class DeadlineQuerySet(ScopedQuerySet):
    def visible_to(self, user, verb: str = "see") -> DeadlineQuerySet:
        """Those of the units he oversees; of a kind that names persons only where he may see such matters."""
        condition = self.model.scope.condition(user, verb)
        rows = self.none() if condition is None else self.filter(condition)
        for power in sorted({duty.seen_by for duty in DUTIES.values() if duty.seen_by}):
            kinds = Q(code__in=[code for code, duty in DUTIES.items() if duty.seen_by == power])
            seen = replace(self.model.scope, power=power).condition(user)
            rows = rows.filter(~kinds | seen) if seen else rows.exclude(kinds)
        return rows

    def open(self) -> DeadlineQuerySet:
        return self.filter(OPEN)

    def overdue(self, on: date) -> DeadlineQuerySet:
        return self.open().filter(due_on__lt=on)

    def standing(self, standing: str, on: date) -> DeadlineQuerySet:
        """Those that stand so on a day; what is open includes what is overdue."""
        return {
            Standing.OVERDUE: self.overdue(on),
            Standing.SOON: self.open().filter(due_on__range=(on, on + SOON)),
            Standing.OPEN: self.open(),
            Standing.SETTLED: self.filter(settled_at__isnull=False),
            Standing.LAPSED: self.filter(lapsed_at__isnull=False),
        }[Standing(standing)]

    def urgent_first(self) -> DeadlineQuerySet:
        """What is owed still before what is not, the longest overdue first."""
        return self.order_by(STILL_OWED, "due_on", "pk")


@recorded()
class Deadline(models.Model):
    """That a unit owes something by a day, on which basis; the inbox, the calendar and the reminder all read this row."""

    scope = Scope("deadlines", place="unit__division__path", station="unit", firm="unit")

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
    lapsed_at = models.DateTimeField(
        _("Lapsed"), null=True, blank=True, help_text=_("The record it was about has been struck out.")
    )

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("Deadline")
        verbose_name_plural = _("Deadlines")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index("unit", "due_on", "id", name="deadline_open_of_unit", condition=OPEN),
            models.Index("due_on", "id", name="deadline_open", condition=OPEN),
            models.Index("subject_type", "subject_id", name="deadline_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code", "subject_type", "subject_id", "due_on"],
                name="deadline_once",
                nulls_distinct=False,
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="moves_aloud",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("due_on"),
                condition=pgtrigger.Q(old__due_on__df=pgtrigger.F("new__due_on")),
                func=_MOVES_ALOUD,
            )
        ]

    def __str__(self) -> str:
        return f"{self.said} ({self.due_on})"

    @property
    def said(self) -> str:
        """What is owed, in the reader's language where the duty is one of DUTIES."""
        duty = DUTIES.get(self.code)
        return duty.label(self.subject) if duty and self.subject else self.label

    def stands(self, on: date) -> Standing:
        """How it stands on a day."""
        if self.lapsed_at:
            return Standing.LAPSED
        if self.settled_at:
            return Standing.SETTLED
        if self.due_on < on:
            return Standing.OVERDUE
        return Standing.SOON if self.due_on <= on + SOON else Standing.OPEN

    @property
    def kind(self) -> str:
        """The name of its kind, in the reader's language where the duty is one of DUTIES; else what is owed."""
        duty = DUTIES.get(self.code)
        return str(duty.name) if duty else self.said

    @property
    def grounds(self) -> str:
        """On which basis, in the reader's language where the duty is one of DUTIES."""
        duty = DUTIES.get(self.code)
        return str(duty.basis) if duty else self.basis


class DeadlineMoveQuerySet(models.QuerySet):
    def visible_to(self, user, verb: str = "see") -> DeadlineMoveQuerySet:
        return self.filter(deadline__in=Deadline.objects.visible_to(user, verb))


class DeadlineMove(models.Model):
    """That the day of a deadline was moved: from when to when, why, by whom. Append-only."""

    class Why(models.TextChoices):
        HOLIDAYS = "holidays", _("The holidays of the year have been published.")
        MORE_TIME = "more_time", _("Whoever asked for it gave more time.")

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="moves", verbose_name=_("Deadline"))
    from_on = models.DateField(pgettext_lazy("a deadline", "From"))
    to_on = models.DateField(pgettext_lazy("a deadline", "To"))
    why = models.CharField(_("Why"), max_length=10, choices=Why)
    actor_text = models.CharField(_("Person as written"), max_length=60, blank=True)
    at = models.DateTimeField(_("Time"))

    objects = DeadlineMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("Move of a deadline")
        verbose_name_plural = _("Moves of deadlines")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.from_on} → {self.to_on}: {self.get_why_display()}"
