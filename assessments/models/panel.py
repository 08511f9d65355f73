"""Acceptance on the spot: who scores a town there, and what each of them found."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models.assessment import Assessment
from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.scoring.judging import Judged, judged_values, numbers_field
from culture_admin.scoring.values import Value
from culture_admin.territory.history import recorded
from culture_admin.territory.models import Division


@recorded()
class PanelSeat(models.Model):
    """That somebody assesses a town on the spot, until he has finished, or stands back because he is not impartial."""

    class State(models.TextChoices):
        APPOINTED = "appointed", _("Appointed")
        FINISHED = "finished", pgettext_lazy("an assessor", "Finished")
        RECUSED = "recused", _("Stood back")
        RELEASED = "released", _("Released")

    SITTING = (State.APPOINTED, State.FINISHED)

    scope = Scope("assessments.panel", place="assessment__division__path", county="county", assessor="assessor")

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="seats", verbose_name=_("Assessment of a town")
    )
    assessor = models.ForeignKey(User, models.PROTECT, related_name="panel_seats", verbose_name=_("Assessor"))
    county = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("County"))
    visit_on = models.DateField(_("On the spot on"), null=True, blank=True)
    appointed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Appointed by")
    )
    recorded_at = models.DateTimeField(_("Recorded"), default=timezone.now, editable=False)
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.APPOINTED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Seat of an assessor")
        verbose_name_plural = _("Seats of assessors")
        ordering = ["-id"]
        indexes = [models.Index("id", name="panel_seat_waiting", condition=Q(state__in=["appointed"]))]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "assessor"],
                condition=Q(state__in=["appointed", "finished"]),
                name="panel_seat_once",
                violation_error_message=_("He assesses this town already."),
                violation_error_code="appointed_already",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessor} · {self.assessment.unit.name}"


@recorded()
class Mark(models.Model):
    """What an assessor found of one indicator on the spot. client_uuid: by which a phone without network sends it once."""

    scope = Scope(
        "assessments.panel",
        place="seat__assessment__division__path",
        county="seat__county",
        assessor="seat__assessor",
    )

    seat = models.ForeignKey(PanelSeat, models.PROTECT, related_name="marks", verbose_name=_("Seat of an assessor"))
    code = models.CharField(_("Indicator"), max_length=12)
    found = models.CharField(pgettext_lazy("of a mark", "Found"), max_length=14, choices=Judged, default=Judged.VALUE)
    numbers = numbers_field(_("Numbers"))
    note = models.CharField(_("Note"), max_length=500, blank=True, validators=[validate_text])
    client_uuid = models.UUIDField(_("Client id"), default=uuid.uuid4, unique=True)
    marked_at = models.DateTimeField(_("Time"), default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Mark of an assessor")
        verbose_name_plural = _("Marks of assessors")
        ordering = ["seat", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "code"],
                name="mark_once",
                violation_error_message=_("You have scored this indicator already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.seat}"

    @property
    def values(self) -> tuple[Value, ...]:
        return judged_values(self.found, self.numbers)
