"""What is kept of numbers: snapshots, which say for ever what was read on a day, and targets, which say what is to be reached."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.statistics.register import METRICS
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division, Unit


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
    # What the content says, as soon as somebody has read it (snapshots.py).
    tables: list[Any] | None = None

    class Meta:
        verbose_name = _("Snapshot")
        verbose_name_plural = _("Snapshots")
        ordering = ["-taken_at", "-id"]
        triggers = [
            pgtrigger.Protect(name="snapshot_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name


LEAST = Decimal("0.0001")


class OfTarget(models.TextChoices):
    """The states of a target."""

    SET = "set", pgettext_lazy("a target", "Set")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@recorded()
class Target(models.Model):
    """What a metric is to reach in a year, in a division or at a station, and by which document.

    where: what the metric is narrowed to, as the API of numbers has it; several values of a dimension stand between commas.
    """

    State = OfTarget

    scope = Scope("targets", place="place__path")

    place = models.ForeignKey(Division, models.PROTECT, related_name="targets", verbose_name=_("Division"))
    station = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("Station"),
        help_text=_("Without one the target is the whole division's."),
    )
    metric = models.CharField(_("Metric"), max_length=80, validators=[validate_text])
    year = models.PositiveSmallIntegerField(_("Year"), validators=[MinValueValidator(2000), MaxValueValidator(2199)])
    number = models.DecimalField(
        _("To be reached"), max_digits=16, decimal_places=4, validators=[MinValueValidator(LEAST)]
    )
    where = models.JSONField(_("Narrowed to"), default=dict, blank=True)
    source = models.CharField(
        _("Source"),
        max_length=200,
        validators=[validate_text],
        help_text=_("The document that sets the target."),
    )
    set_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Set by")
    )
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.SET, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a year", "Target")
        verbose_name_plural = pgettext_lazy("of a year", "Targets")
        ordering = ["-year", "place__code", "metric", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "station", "metric", "year", "where"],
                condition=Q(state="set"),
                nulls_distinct=False,
                name="target_once",
                violation_error_message=_("There is such a target already; change that one, or withdraw it first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.year}: {self.number.normalize():f}"

    @property
    def about(self) -> object:
        """What is to be reached; a metric that is no more by its code."""
        metric: Any = METRICS.get(self.metric)
        return metric.label if metric else self.metric
