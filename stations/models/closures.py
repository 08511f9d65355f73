"""Closures: the days on which a station or a room of it is shut, announced ahead."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.accounts.models import User
from culture_admin.accounts.scope import Scope, ScopedQuerySet
from culture_admin.interfaces.text import validate_text
from culture_admin.territory.history import recorded
from stations.models.premises import Facility
from stations.models.station import Station


class ClosureQuerySet(ScopedQuerySet):
    def published(self) -> ClosureQuerySet:
        """What the public is told: all that has not been withdrawn."""
        return self.filter(state=Closure.State.FILED)

    def meeting(self, first: date, last: date) -> ClosureQuerySet:
        """Those with a day between two days, both included."""
        return self.filter(begins_on__lte=last, ends_on__gte=first)


@recorded()
class Closure(models.Model):
    """That a station, or one room of it, is shut from a day to a day, both included; the reason is for the public.

    notice_days: how many days ahead it had to be announced when it was filed. late: it was not.
    """

    class State(models.TextChoices):
        FILED = "filed", _("Announced")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    scope = Scope("stations.hours", place="station__division__path", station="station")

    station = models.ForeignKey(Station, models.PROTECT, related_name="closures", verbose_name=_("Station"))
    facility = models.ForeignKey(
        Facility,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="closures",
        verbose_name=_("Facility"),
        help_text=_("Without one the whole station is shut."),
    )
    begins_on = models.DateField(pgettext_lazy("a closure", "First day"))
    ends_on = models.DateField(pgettext_lazy("a closure", "Last day"))
    reason = models.CharField(_("Reason for the public"), max_length=200, validators=[validate_text])
    filed_on = models.DateField(_("Announced on"), editable=False)
    notice_days = models.PositiveSmallIntegerField(_("Days ahead that are asked for"), editable=False)
    late = models.BooleanField(_("Announced late"), default=False, editable=False)
    filed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("Announced by")
    )
    state = models.CharField(_("State"), max_length=9, choices=State, default=State.FILED, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("Closure")
        verbose_name_plural = _("Closures")
        ordering = ["-begins_on", "-id"]
        indexes = [models.Index("station", "ends_on", name="closure_of_station")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="closure_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.UniqueConstraint(
                fields=["station", "facility", "begins_on"],
                condition=Q(state="filed"),
                nulls_distinct=False,
                name="closure_once",
                violation_error_message=_("A closure from this day is announced already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.where} {self.begins_on}–{self.ends_on}"

    @property
    def where(self) -> str:
        """The room that is shut, or the station."""
        return self.facility.name if self.facility else self.station.name

    @property
    def to_be_announced_by(self) -> date:
        return self.begins_on - timedelta(days=self.notice_days)

    def shuts(self, facility: Facility) -> bool:
        """Whether this room is shut with it."""
        return self.station_id == facility.station_id and self.facility_id in (None, facility.pk)
