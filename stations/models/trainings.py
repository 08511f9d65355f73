"""Trainings of station staff by the bureau, and who of the staff came to each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division
from stations.models.gatherings import Gathering, GatheringQuerySet
from stations.models.officers import Officer
from stations.models.station import Station

# A study class of a quarter, eight hours on each of its working days.
MOST_HOURS = 500


@recorded()
class Training(Gathering):
    """A special training of station staff: short, or a study class (Cixi, 2013)."""

    class Kind(models.TextChoices):
        SHORT = "short", _("Short training")
        CLASS = "class", _("Study class")

    scope = replace(Gathering.scope, power="stations.trainings")

    kind = models.CharField(_("Kind of training"), max_length=5, choices=Kind, default=Kind.SHORT)
    hours = models.DecimalField(
        _("Hours"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(MOST_HOURS)],
    )
    trainer = models.CharField(_("Trainer"), max_length=100, blank=True, validators=[validate_text])
    content = models.TextField(_("What is taught"), blank=True, max_length=4000, validators=[validate_text])

    objects: ClassVar[Any] = GatheringQuerySet.as_manager()

    class Meta(Gathering.Meta):
        verbose_name = _("Training of station staff")
        verbose_name_plural = _("Trainings of station staff")
        indexes = [
            models.Index("id", name="training_waiting", condition=Q(state__in=["held"])),
        ]


class AttendanceQuerySet(ScopedQuerySet):
    def counted(self) -> AttendanceQuerySet:
        """Those by which an officer has been trained: he was there, and the bureau has confirmed the training."""
        return self.filter(present=True, training__state=Gathering.State.CONFIRMED)


@recorded()
class Attendance(models.Model):
    """Whether an officer was at a training. It keeps the station he then served."""

    scope = Scope("stations.trainings.attendance", place="station__division__path", station="station")

    training = models.ForeignKey(
        Training, models.PROTECT, related_name="attendances", verbose_name=_("Training of station staff")
    )
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="attendances", verbose_name=_("Officer"))
    station = models.ForeignKey(Station, models.PROTECT, related_name="attendances", verbose_name=_("Station"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("Town"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    present = models.BooleanField(pgettext_lazy("at a training", "Present"))
    note = models.CharField(_("Note"), max_length=100, blank=True, validators=[validate_text])

    objects: ClassVar[Any] = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Attendance at a training")
        verbose_name_plural = _("Attendances at trainings")
        ordering = ["station__division__code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "officer"],
                name="attendance_once",
                violation_error_message=_("The attendance of this officer is recorded already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.training}"
