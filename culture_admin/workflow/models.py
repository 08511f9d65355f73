"""What was decided, what is owed by when, and what the worker has to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.models import User
from culture_admin.accounts.powers import POWERS
from culture_admin.accounts.roles import Role
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, Unit


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user, verb: str = "see") -> DecisionQuerySet:
        """Decisions on what the user may see: of each power of the matrix, those in his territory or of his firm."""
        rows = Q(pk__in=[])
        for power in POWERS:
            scope = Scope(power, place="division__path", station="station", firm="firm", person="actor")
            condition = scope.condition(user, verb)
            if condition is not None:
                rows |= Q(power=power) & condition
        return self.filter(rows)

    def about(self, subject: models.Model) -> DecisionQuerySet:
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)


class Decision(models.Model):
    """One step taken on one record: by whom, in which office, from which state to which, about which content.

    Append-only: the application's database role may insert and read it, nothing else. It carries the words of the day beside
    its links, and the links are not checked by the database: what they point at is never deleted, and a hundred thousand
    decisions of one import would ask half a million times.
    """

    subject_type = models.ForeignKey(
        ContentType,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("Kind of record"),
    )
    subject_id = models.BigIntegerField(_("Record"))
    subject = GenericForeignKey("subject_type", "subject_id")
    power = models.CharField(_("Power"), max_length=40)
    step = models.CharField(_("Step"), max_length=30)
    from_state = models.CharField(_("From"), max_length=20, blank=True)
    to_state = models.CharField(_("To"), max_length=20)
    actor = models.ForeignKey(
        User, models.DO_NOTHING, db_constraint=False, null=True, related_name="decisions", verbose_name=_("Person")
    )
    actor_text = models.CharField(_("Person as written"), max_length=60)
    role = models.CharField(_("Role"), max_length=16, choices=Role, blank=True)
    unit = models.ForeignKey(
        Unit,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name=_("Unit"),
    )
    unit_text = models.CharField(_("Unit as written"), max_length=100, blank=True)
    acting_for = models.ForeignKey(
        User,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name=_("Substitute for"),
    )
    comment = models.TextField(_("Comment"), blank=True)
    at = models.DateTimeField(_("Time"), default=timezone.now)
    content_hash = models.CharField(_("Content"), max_length=64)
    # By name, while somebody is to decide on it: what has changed since is told in words. The rows of a ledger go without.
    content = models.JSONField(null=True, editable=False)
    division = models.ForeignKey(
        Division, models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name=_("Division")
    )
    station = models.ForeignKey(
        Unit, models.DO_NOTHING, db_constraint=False, null=True, related_name="+", verbose_name=_("Station")
    )
    firm = models.ForeignKey(
        Unit,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name=_("Firm"),
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Decision")
        verbose_name_plural = _("Decisions")
        ordering = ["-id"]
        indexes = [
            models.Index("subject_type", "subject_id", "id", name="decision_subject"),
            models.Index("firm", name="decision_firm", condition=Q(firm__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.actor_text}: {self.step} → {self.to_state}"


class Filed(models.Model):
    """A record that is handed over for decision: by whom, when, and with which offices it lies (workflow/authority.py).

    A step marked `files` sets all three; the scope of the model says `entrusted="entrusted"`.
    """

    filed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("Filed by")
    )
    filed_at = models.DateTimeField(_("Filed"), null=True, blank=True, editable=False)
    entrusted = ArrayField(models.CharField(max_length=120), default=list, editable=False, verbose_name=_("Filed with"))

    class Meta:
        abstract = True
        indexes = [GinIndex("entrusted", name="%(class)s_entrusted")]


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


class JobQuerySet(models.QuerySet):
    def visible_to(self, user, verb: str = "see") -> JobQuerySet:
        """One's own jobs."""
        return self.filter(owner_id=user.pk)

    def due(self, at) -> JobQuerySet:
        """Jobs nobody works on: never taken, or whose worker's lease has run out."""
        return self.filter(state=Job.State.QUEUED, run_at__lte=at) | self.filter(
            state=Job.State.RUNNING, lease_until__lt=at
        )


class Job(models.Model):
    """Work for the worker. This row is the truth; Redis only wakes somebody up."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    kind = models.CharField(_("Kind"), max_length=40)
    params = models.JSONField(_("Parameters"), default=dict)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="jobs", verbose_name=_("For"))
    state = models.CharField(_("State"), max_length=8, choices=State, default=State.QUEUED)
    run_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(_("Attempts"), default=0)
    done = models.PositiveIntegerField(_("Done"), default=0)
    total = models.PositiveIntegerField(_("Of"), default=0)
    message = models.TextField(_("Message"), blank=True)
    created_at = models.DateTimeField(_("Created"), default=timezone.now)
    finished_at = models.DateTimeField(_("Finished"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("Job")
        verbose_name_plural = _("Jobs")
        ordering = ["-id"]
        indexes = [
            models.Index("run_at", name="job_due", condition=Q(state__in=["queued", "running"])),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
