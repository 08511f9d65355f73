"""What the worker has to do."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culture_admin.accounts.models import User


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
